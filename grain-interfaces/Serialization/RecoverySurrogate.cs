using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="Recovery"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.recovery")]
internal struct RecoverySurrogate
{
    [Id(0)]
    public Position Head;

    [Id(1)]
    public RecoveryOutcome Outcome;

    [Id(2)]
    public FeedEntry[] Missed;
}
