using System.Numerics;
using System.Runtime.InteropServices;

namespace Switchboard.Gateway.Metrics;

/// <summary>
/// Takes the first of every sixteen on each processor, for what is too frequent to be timed each time. Threads may disturb
/// each other's counts; that is harmless.
/// </summary>
internal sealed class OneOfSixteen
{
    private const int Mask = 15;

    private readonly Cell[] _cells = new Cell[BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount)];

    public bool Takes() => (_cells[Thread.GetCurrentProcessorId() & (_cells.Length - 1)].Count++ & Mask) == 0;

    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Cell
    {
        public int Count;
    }
}
