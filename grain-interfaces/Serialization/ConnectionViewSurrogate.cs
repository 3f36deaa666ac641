using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Serialization;

/// <summary>How <see cref="ConnectionView"/> goes over the wire.</summary>
[GenerateSerializer, Alias("switchboard.connection-view")]
internal struct ConnectionViewSurrogate
{
    [Id(0)]
    public BackplaneStatus Status;

    /// <summary>Null where there is no connection to see.</summary>
    [Id(1)]
    public UserName? User;

    [Id(2)]
    public bool IsAttached;

    [Id(3)]
    public RoomName[] Rooms;

    /// <summary>Null from a node that does not tell.</summary>
    [Id(4)]
    public RoomName[]? Changing;
}
