using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="JoinOptions"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.join-options")]
internal struct JoinOptionsSurrogate
{
    [Id(0)]
    public Position? Position;

    [Id(1)]
    public bool Presence;

    [Id(2)]
    public ReadOnlyMemory<byte> State;
}
