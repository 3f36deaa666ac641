using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Backplane;

/// <summary>
/// Hears what happens to connections and to rooms as a whole, over all edges. Called where it happens, under the lock
/// of what it happens to: an implementation only takes note, and does not throw. After a node was lost, something may be
/// told twice.
/// </summary>
public interface IBackplaneObserver
{
    /// <summary>There is a new connection; not one that was resumed.</summary>
    void OnConnected(ConnectionId connection, UserName user);

    /// <summary>A connection has ended; not one that may still be resumed.</summary>
    void OnDisconnected(ConnectionId connection, UserName user, DisconnectCause cause);

    /// <summary>A room has its first member.</summary>
    void OnOccupied(RoomName room);

    /// <summary>A room has no member any more, detached ones included.</summary>
    void OnVacated(RoomName room);
}
