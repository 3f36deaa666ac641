using System.Buffers;

namespace Switchboard.Fuzz.Targets;

/// <summary>A piece of a sequence that grows at its end.</summary>
internal sealed class Segment : ReadOnlySequenceSegment<byte>
{
    public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

    /// <summary>Appends a piece to the last one; returns it.</summary>
    public Segment Append(ReadOnlyMemory<byte> memory)
    {
        var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
        Next = next;
        return next;
    }
}
