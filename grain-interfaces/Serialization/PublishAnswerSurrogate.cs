using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="PublishAnswer"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.published")]
internal struct PublishAnswerSurrogate
{
    [Id(0)]
    public byte[] Results;

    [Id(1)]
    public ISiloInbox? Inbox;
}
