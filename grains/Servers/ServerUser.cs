using Switchboard.Core.Backplane;
using Switchboard.GrainInterfaces.Users;

namespace Switchboard.Grains.Servers;

/// <summary>A user, as the server has it.</summary>
public sealed class ServerUser
{
    private readonly IUserGrain _user;

    internal ServerUser(IUserGrain user) => _user = user;

    /// <summary>Sends to all connections of the user.</summary>
    /// <returns>Ok with the position; NoSuchConnection; PayloadTooLarge; Refused; or Unavailable, with an unknown outcome.</returns>
    public async ValueTask<PublishResult> SendAsync(ServerMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            return await _user.SendAsync(message.ToPublication());
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
            return new PublishResult(BackplaneStatus.Unavailable, default, false);
        }
    }
}
