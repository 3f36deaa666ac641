using System.Numerics;
using System.Runtime.InteropServices;

namespace Switchboard.Gateway.Metrics;

/// <summary>
/// Messages and bytes of all sockets in one direction. Always counted, by whoever listens or by nobody: so each processor
/// has a cell of its own, and a read or a flush adds to it once, however many messages it carries. Thread-safe.
/// </summary>
internal sealed class Throughput
{
    private readonly Cell[] _cells = new Cell[BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount)];

    public long Messages
    {
        get
        {
            long sum = 0;
            foreach (ref readonly Cell cell in _cells.AsSpan())
            {
                sum += Volatile.Read(in cell.Messages);
            }

            return sum;
        }
    }

    public long Bytes
    {
        get
        {
            long sum = 0;
            foreach (ref readonly Cell cell in _cells.AsSpan())
            {
                sum += Volatile.Read(in cell.Bytes);
            }

            return sum;
        }
    }

    public void Add(int messages, long bytes)
    {
        ref Cell cell = ref _cells[Thread.GetCurrentProcessorId() & (_cells.Length - 1)];
        Interlocked.Add(ref cell.Bytes, bytes);
        if (messages != 0)
        {
            Interlocked.Add(ref cell.Messages, messages);
        }
    }

    // As large as what processors fetch at once, which is two lines.
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Cell
    {
        public long Messages;
        public long Bytes;
    }
}
