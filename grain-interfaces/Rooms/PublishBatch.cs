using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Rooms;

/// <summary>Messages that are published to a room in one call.</summary>
[GenerateSerializer, Immutable, Alias("switchboard.publish")]
public sealed class PublishBatch
{
    /// <summary>The messages, at least one.</summary>
    [Id(0)]
    public required Publication[] Publications { get; init; }
}
