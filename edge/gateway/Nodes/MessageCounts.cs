using System.Runtime.InteropServices;

namespace Switchboard.Gateway.Nodes;

/// <summary>
/// How many messages came from clients and went to them since the start. Each processor counts in a line of its own, so
/// that counting costs a message next to nothing.
/// </summary>
internal sealed class MessageCounts
{
    private readonly Cell[] _cells = new Cell[Math.Max(1, Environment.ProcessorCount)];

    public long Received => Sum(static (ref Cell cell) => Volatile.Read(ref cell.Received));

    public long Sent => Sum(static (ref Cell cell) => Volatile.Read(ref cell.Sent));

    /// <summary>A client has published or sent.</summary>
    public void OnReceived() => Interlocked.Increment(ref Own().Received);

    /// <summary>Entries are handed to members.</summary>
    public void OnSent(long messages) => Interlocked.Add(ref Own().Sent, messages);

    private ref Cell Own() => ref _cells[Thread.GetCurrentProcessorId() % _cells.Length];

    private long Sum(Reading read)
    {
        long sum = 0;
        for (int i = 0; i < _cells.Length; i++)
        {
            sum += read(ref _cells[i]);
        }

        return sum;
    }

    private delegate long Reading(ref Cell cell);

    // Two cells never share a line of the cache, nor a pair of lines that is fetched together.
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Cell
    {
        public long Received;
        public long Sent;
    }
}
