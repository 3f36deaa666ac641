using Switchboard.Cli.Connecting;
using Switchboard.Client;

namespace Switchboard.Cli.Rooms;

/// <summary>Shows who is in a room. Only members may know, so it joins for as long; it does not show itself.</summary>
internal sealed class PresenceWatch(Connection connection, string name, IPresenceWriter writer)
{
    private readonly Room _room = connection.Client.Room(name);

    /// <summary>Shows who is there now.</summary>
    /// <exception cref="SwitchboardException">The server refused.</exception>
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        await _room.JoinAsync(cancellationToken: cancellationToken);
        writer.WriteMembers(WithoutMe(await _room.PresenceAsync(cancellationToken)));
    }

    /// <summary>Shows who is there, and who comes and goes, until it is cancelled or the server ends it.</summary>
    /// <exception cref="CliException">The server ended it.</exception>
    /// <exception cref="SwitchboardException">It refused.</exception>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Client.StateChanged += change =>
        {
            if (change.State == ConnectionState.Closed)
            {
                ended.TrySetResult($"the connection has ended with {change.CloseCode}: {change.Reason}");
            }
        };
        _room.Left += reason => ended.TrySetResult($"the server has taken you out of the room: {reason}");

        // Events come one after another, so the members are written before what changes them.
        bool isShown = false;
        _room.Joined += _ =>
        {
            if (!isShown)
            {
                isShown = true;
                writer.WriteMembers(WithoutMe(_room.Members));
            }
        };
        _room.PresenceChanged += change =>
        {
            if (isShown && WithoutMe(change) is { } others)
            {
                writer.WriteChange(others);
            }
        };
        await _room.JoinAsync(new JoinOptions { Presence = true }, cancellationToken);
        throw new CliException(await ended.Task.WaitAsync(cancellationToken));
    }

    private PresenceSnapshot WithoutMe(PresenceSnapshot all) =>
        all with { Count = Math.Max(0, all.Count - 1), Members = WithoutMe(all.Members) };

    // Null where it was about me alone.
    private PresenceChange? WithoutMe(PresenceChange all)
    {
        PresenceChange others = new(
            Math.Max(0, all.Count - 1), WithoutMe(all.Joined), WithoutMe(all.Left), WithoutMe(all.Updated));
        bool isOfMe = all.Joined.Count + all.Left.Count + all.Updated.Count > 0;
        return isOfMe && others.Joined.Count + others.Left.Count + others.Updated.Count == 0 ? null : others;
    }

    private Member[] WithoutMe(IReadOnlyList<Member> members) =>
        [.. members.Where(member => member.ConnectionId != connection.Client.ConnectionId)];
}
