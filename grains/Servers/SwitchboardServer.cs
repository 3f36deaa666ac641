using Switchboard.Core.Identifiers;
using Switchboard.GrainInterfaces.Rooms;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Grains.Servers;

/// <summary>Rooms and users, as the server.</summary>
public sealed class SwitchboardServer
{
    private readonly IGrainFactory _grains;

    internal SwitchboardServer(IGrainFactory grains) => _grains = grains;

    /// <summary>A room, which comes into being with the first message where there is none.</summary>
    /// <exception cref="ArgumentException">That is no name.</exception>
    public ServerRoom Room(string name) => new(_grains.GetGrain<IRoomGrain>(new RoomName(name).Value));

    /// <summary>A user, with all connections.</summary>
    /// <exception cref="ArgumentException">That is no name.</exception>
    public ServerUser User(string name) => new(_grains.GetGrain<IUserGrain>(new UserName(name).Value));
}
