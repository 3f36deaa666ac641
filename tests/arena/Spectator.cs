using Switchboard.Client;

namespace Switchboard.Arena.Tests;

/// <summary>A player's client: it knows the newest field, and waits for one that is as wanted.</summary>
internal sealed class Spectator : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SwitchboardClient _client;
    private readonly Room _room;
    private readonly IAsyncEnumerator<RoomMessage> _fields;

    private Spectator(SwitchboardClient client)
    {
        _client = client;
        _room = client.Room(ArenaCluster.Room);
        _fields = _room.ReadAll().GetAsyncEnumerator();
    }

    public string Id => _client.ConnectionId!;

    public static async Task<Spectator> JoinAsync(SwitchboardClient client)
    {
        var spectator = new Spectator(client);
        await spectator._room.JoinAsync();
        return spectator;
    }

    public async Task SteerAsync(double x, double y) => await _room.PublishAsync(
        new Steering(x, y),
        ArenaJson.Default.Steering,
        new PublishOptions { Delivery = Delivery.Latest, Slot = "steer" });

    public async Task RefusedAsync()
    {
        SwitchboardException refused = await Assert.ThrowsAsync<SwitchboardException>(
            async () => await _room.PublishAsync("not a direction"));
        Assert.Equal("refused", refused.Code);
    }

    /// <summary>The first field from now on that is as wanted; a time-out names it.</summary>
    public async Task<ArenaView> FieldAsync(Func<ArenaView, bool> isWanted, string what)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (await _fields.MoveNextAsync().AsTask().WaitAsync(Patience))
        {
            // Nothing but the field: what players publish is the grain's alone.
            Assert.Equal(ArenaGrain.Slot, _fields.Current.Slot);
            ArenaView field = _fields.Current.Read(ArenaJson.Default.ArenaView)!;
            if (isWanted(field))
            {
                return field;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"waited in vain for {what}");
        }

        throw new InvalidOperationException($"the client ended before {what}");
    }

    public async ValueTask DisposeAsync()
    {
        await _fields.DisposeAsync();
        await _client.DisposeAsync();
    }
}
