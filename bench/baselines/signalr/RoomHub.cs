using Microsoft.AspNetCore.SignalR;

namespace Switchboard.Baselines.SignalR;

/// <summary>Rooms as SignalR groups, as its documentation shows them.</summary>
internal sealed class RoomHub : Hub
{
    /// <summary>Adds the calling connection to the group <paramref name="room"/>.</summary>
    public Task Join(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);

    /// <summary>Sends <paramref name="data"/> to every member of <paramref name="room"/>.</summary>
    public Task Publish(string room, string data) => Clients.Group(room).SendAsync("message", data);
}
