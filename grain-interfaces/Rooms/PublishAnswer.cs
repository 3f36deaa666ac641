using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>What became of a batch of messages. Over the wire it is one array of bytes.</summary>
[Immutable]
public sealed class PublishAnswer
{
    /// <summary>One for each message, in the order of the batch.</summary>
    public required PublishResult[] Results { get; init; }
}
