using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>What became of a batch of messages.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.published")]
public sealed class PublishAnswer
{
    /// <summary>One for each message, in the order of the batch.</summary>
    [Id(0)]
    public required PublishResult[] Results { get; init; }
}
