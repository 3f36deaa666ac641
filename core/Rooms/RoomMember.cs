using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Rooms;

/// <summary>A member of a room. A struct, so that it costs no object of its own.</summary>
/// <param name="Shown">What presence shows of it.</param>
/// <param name="Edge">Where it receives the room; a default value while it is detached.</param>
/// <param name="Attachment">The connection's attachment that this is known from; older ones are ignored.</param>
/// <param name="Watches">Whether it is told of the others.</param>
internal readonly record struct RoomMember(PresenceMember Shown, EdgeId Edge, long Attachment, bool Watches)
{
    public bool IsAttached => Edge.Value is not null;
}
