namespace Switchboard.Client.InMemory;

/// <summary>
/// A server for tests, in this process and without a network: its clients are real ones, which see each other in rooms. It
/// keeps to the protocol, with these limits: everything is allowed, nothing is forgotten but by <see cref="ExpireAll"/>, and
/// there is no compaction of slots.
/// </summary>
public sealed class InMemorySwitchboard
{
    private readonly InMemoryServer _server;
    private readonly TimeProvider _time;

    /// <summary>A server without rooms.</summary>
    /// <param name="time">The clock of server and clients; the system's unless given.</param>
    public InMemorySwitchboard(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _server = new InMemoryServer(_time);
    }

    /// <summary>Whether clients get through. When it becomes false, those that are connected lose their connection.</summary>
    public bool IsReachable
    {
        get => _server.IsReachable;
        set => _server.IsReachable = value;
    }

    /// <summary>A client of a user, which is not connected yet.</summary>
    /// <param name="user">The user's name.</param>
    /// <param name="configure">Changes its options.</param>
    public SwitchboardClient CreateClient(string user, Func<SwitchboardClientOptions, SwitchboardClientOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        SwitchboardClientOptions options = new()
        {
            Url = new Uri("http://in-memory"),
            User = user,
            TimeProvider = _time,
            Reconnect = new ReconnectOptions { InitialDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(20) },
        };
        options = configure?.Invoke(options) ?? options;
        return new SwitchboardClient(options, [new InMemoryTransport(_server, user)], new Random());
    }

    /// <summary>Breaks every connection, as a failing network does. The clients come back and resume.</summary>
    public void DropAll() => _server.DropAll();

    /// <summary>Breaks every connection and forgets it, as after a long absence: it can't be resumed, only begun anew.</summary>
    public void ExpireAll() => _server.ExpireAll();

    /// <summary>Forgets the messages of a room, so that who comes back from a position is told of a loss.</summary>
    public void Trim(string room) => _server.Trim(room);

    /// <summary>Takes a user out of a room.</summary>
    public void Remove(string user, string room) => _server.Remove(user, room);

    /// <summary>Ends all connections of a user with a close code of docs/protocol.md, such as 4504.</summary>
    public void Disconnect(string user, int closeCode) => _server.Disconnect(user, closeCode);
}
