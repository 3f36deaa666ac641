using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="Sender"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.sender")]
internal struct SenderSurrogate
{
    [Id(0)]
    public string User;

    [Id(1)]
    public string Connection;
}
