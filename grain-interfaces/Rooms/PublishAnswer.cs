using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>What became of a batch of messages. Over the wire the results are one array of bytes.</summary>
[Immutable]
public sealed class PublishAnswer
{
    /// <summary>One for each message, in the order of the batch.</summary>
    public required PublishResult[] Results { get; init; }

    /// <summary>The inbox of the silo that the room is on; null where that is the one that passed the messages on.</summary>
    public ISiloInbox? Inbox { get; init; }
}
