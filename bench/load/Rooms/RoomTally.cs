using Switchboard.Load.Measuring;

namespace Switchboard.Load.Rooms;

/// <summary>What all members of a room count together.</summary>
internal sealed class RoomTally
{
    /// <summary>Messages received; one message that reaches a thousand members counts a thousand.</summary>
    public long Delivered { get; set; }

    /// <summary>Messages that were not the next one of the member that received them.</summary>
    public long OutOfOrder { get; set; }

    /// <summary>From publishing to receipt, of members that have not stalled.</summary>
    public Histogram Latency { get; } = new();
}
