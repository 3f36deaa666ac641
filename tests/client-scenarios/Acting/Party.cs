using Switchboard.ClientScenarios.Tests.Cluster;
using Switchboard.ClientScenarios.Tests.Driving;
using Switchboard.ClientScenarios.Tests.Network;

namespace Switchboard.ClientScenarios.Tests.Acting;

/// <summary>The clients of one SDK in one scenario, and their rooms.</summary>
internal sealed class Party(string sdk, string scenario, DriverProcess driver, ScenarioCluster cluster, Pulse pulse)
    : IAsyncDisposable
{
    private readonly List<Actor> _actors = [];
    private readonly Dictionary<string, Ledger> _rooms = [];
    private Conversation? _conversation;

    public string Sdk => sdk;

    public IReadOnlyList<Actor> Actors => _actors;

    /// <summary>A new client, not connected yet, whose first connection goes to an edge, from 0.</summary>
    public Actor Add(string name, int edge, bool dropsUpgrades = false)
    {
        string user = $"{name}.{scenario}.{sdk}";
        Actor actor = new(
            user, driver.Add(user), new FaultyNetwork(cluster.EdgePorts, edge) { DropsUpgrades = dropsUpgrades }, pulse);
        _actors.Add(actor);
        return actor;
    }

    /// <summary>The room of a kind that this party has for itself.</summary>
    public Ledger Room(string kind)
    {
        if (!_rooms.TryGetValue(kind, out Ledger? room))
        {
            _rooms[kind] = room = new Ledger($"{kind}{scenario}.{sdk}");
        }

        return room;
    }

    /// <summary>Ann on the first edge and Bob on the second join a room of each kind.</summary>
    public async Task<(Actor Ann, Actor Bob)> GatherAsync(params string[] kinds)
    {
        (Actor ann, Actor bob) = (Add("ann", 0), Add("bob", 1));
        foreach (Actor actor in _actors)
        {
            await actor.ConnectAsync();
            await JoinAsync(actor, kinds);
        }

        return (ann, bob);
    }

    public async Task JoinAsync(Actor actor, params string[] kinds)
    {
        foreach (string kind in kinds)
        {
            await actor.JoinAsync(Room(kind));
        }
    }

    /// <summary>Everybody begins to publish in all of their rooms. Returns when that goes well.</summary>
    public Task TalkAsync()
    {
        _conversation = new Conversation(_actors, pulse);
        _conversation.Begin();
        return GoOnAsync();
    }

    /// <summary>Waits until more messages of everybody were acknowledged in each of their rooms.</summary>
    public Task GoOnAsync(int messages = 20) => _conversation!.GoesOnAsync(messages);

    /// <summary>Ends the talk, and waits until everybody has everything of it.</summary>
    public async Task SettleAsync()
    {
        if (_conversation is { } conversation)
        {
            _conversation = null;
            await conversation.EndAsync();
        }

        await pulse.UntilAsync(
            "everybody has everything",
            () => _rooms.Values.All(room => room.IsSettled),
            () => string.Join('\n', _rooms.Values.Select(room => room.Situation)));
    }

    /// <summary>Ends the talk; what was acknowledged must have come to everybody, once and in order, also in that of each publisher.</summary>
    /// <param name="allowed">What may have been lost in rooms that are not durable.</param>
    public async Task HoldsAsync(Losses allowed = Losses.None)
    {
        await SettleAsync();
        foreach ((string kind, Ledger room) in _rooms)
        {
            room.Check(kind == RoomKinds.Durable ? Losses.None : allowed);
        }
    }

    /// <summary>Waits until it holds; looked at whenever a client of the scenario told something.</summary>
    public Task UntilAsync(string what, Func<bool> holds) =>
        pulse.UntilAsync(what, holds, () => string.Join('\n', _rooms.Values.Select(room => room.Situation)));

    /// <summary>Everybody closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_conversation is { } conversation)
        {
            await conversation.StopAsync();
        }

        foreach (Actor actor in _actors)
        {
            await actor.DisposeAsync();
        }
    }
}
