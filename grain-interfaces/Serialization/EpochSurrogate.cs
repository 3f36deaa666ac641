using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="Epoch"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.epoch")]
internal struct EpochSurrogate
{
    [Id(0)]
    public ulong Value;
}
