using Switchboard.Core.Backplane;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="DisconnectResult"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.disconnect-result")]
internal struct DisconnectResultSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public int Count;
}
