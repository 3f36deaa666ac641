using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Users;

/// <summary>One of a user's connections.</summary>
/// <param name="Connection">Its id.</param>
/// <param name="Edge">Where it is attached; a default value while it is detached.</param>
/// <param name="Attachment">The attachment that this is known from; older ones are ignored.</param>
internal readonly record struct UserConnection(ConnectionId Connection, EdgeId Edge, long Attachment)
{
    public bool IsAttached => Edge.Value is not null;
}
