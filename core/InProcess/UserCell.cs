using Switchboard.Core.Feeds;
using Switchboard.Core.Users;

namespace Switchboard.Core.InProcess;

/// <summary>A user with its lock and its pump.</summary>
internal sealed class UserCell(User user, Fanout fanout) : FeedCell(fanout)
{
    public User User { get; } = user;

    public override FeedOwner Owner => User;
}
