using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Tests.Testing;

/// <summary>Writes down what it hears.</summary>
internal sealed class RecordingObserver : IBackplaneObserver
{
    public List<string> Events { get; } = [];

    public void OnConnected(ConnectionId connection, UserName user) => Events.Add($"connected {user}");

    public void OnDisconnected(ConnectionId connection, UserName user, DisconnectCause cause) =>
        Events.Add($"disconnected {user} {cause}");

    public void OnOccupied(RoomName room) => Events.Add($"occupied {room}");

    public void OnVacated(RoomName room) => Events.Add($"vacated {room}");
}
