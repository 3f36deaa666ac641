using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="ResumeResult"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.resume-result")]
internal struct ResumeResultSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    [Id(1)]
    public ConnectionId Connection;

    [Id(2)]
    public long Attachment;

    [Id(3)]
    public RoomName[] Rooms;

    [Id(4)]
    public Recovery User;

    [Id(5)]
    public Recovery Own;

    [Id(6)]
    public bool[] Watches;
}
