using Switchboard.ClientScenarios.Tests.Cluster;
using Switchboard.ClientScenarios.Tests.Driving;
using Switchboard.ClientScenarios.Tests.Network;
using Switchboard.Faults.Verifying;

namespace Switchboard.ClientScenarios.Tests.Acting;

/// <summary>A client with a network of its own, and the rooms that it is in.</summary>
internal sealed class Actor : IAsyncDisposable
{
    private readonly Pulse _pulse;
    private readonly Dictionary<string, Ledger> _rooms = [];
    private readonly List<DriverEvent> _states = [];
    private int _unanswered;

    public Actor(string user, IClientDriver client, FaultyNetwork network, Pulse pulse)
    {
        User = user;
        Client = client;
        Network = network;
        _pulse = pulse;
        client.GiveToken = () => Task.FromResult(Tokens.For(user, Tokens.Long));
        client.Heard += OnHeard;
    }

    public string User { get; }

    public IClientDriver Client { get; }

    public FaultyNetwork Network { get; }

    /// <summary>What it told of its state, the newest last.</summary>
    public IReadOnlyList<DriverEvent> States
    {
        get
        {
            lock (_states)
            {
                return [.. _states];
            }
        }
    }

    /// <summary>How many of its publishes wait for their answer.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>The rooms that it is in.</summary>
    public IReadOnlyCollection<Ledger> Rooms => _rooms.Values;

    public Task ConnectAsync(params string[] transports) => Client.ConnectAsync(new ConnectRequest(Network.Address, transports));

    /// <summary>Joins a room, and from here on must get everything that is published there.</summary>
    public async Task JoinAsync(Ledger room)
    {
        _rooms.Add(room.Room, room);
        room.Begin(User, await Client.JoinAsync(room.Room));
    }

    /// <summary>Leaves a room; nothing has to reach it there any more.</summary>
    public async Task LeaveAsync(Ledger room)
    {
        await Client.LeaveAsync(room.Room);
        room.End(User);
    }

    /// <summary>Publishes the next number; returns when that was acknowledged.</summary>
    public async Task PublishAsync(Ledger room)
    {
        long number = room.NextNumber();
        Interlocked.Increment(ref _unanswered);
        try
        {
            room.Acknowledge(User, number, await Client.PublishAsync(room.Room, number));
        }
        finally
        {
            Interlocked.Decrement(ref _unanswered);
            _pulse.Beat();
        }
    }

    /// <summary>Waits until it tells of a state; those before <paramref name="from"/> don't count.</summary>
    public async Task<DriverEvent> StateAsync(string state, int from = 0)
    {
        await _pulse.UntilAsync(
            $"{User} is {state}",
            () => States.Skip(from).Any(each => each.Text("state") == state),
            () => $"its states were {string.Join('\n', States)}");
        return States.Skip(from).First(each => each.Text("state") == state);
    }

    /// <summary>Closes it, and its network.</summary>
    public async ValueTask DisposeAsync()
    {
        await Client.CloseAsync();
        Client.Heard -= OnHeard;
        await Network.DisposeAsync();
    }

    private void OnHeard(DriverEvent what)
    {
        switch (what.Name)
        {
            case "message":
                _rooms[what.Room!].Receive(User, what.Number("data"), what.Position);
                break;
            case "lost":
                _rooms[what.Room!].Lose(User, what.Position);
                break;
            case "state":
                lock (_states)
                {
                    _states.Add(what);
                }

                break;
        }

        _pulse.Beat();
    }
}
