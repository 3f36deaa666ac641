using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Storage;
using Switchboard.Testing;

namespace Switchboard.Arena.Tests;

/// <summary>The game in a cluster of two silos, with players on both edges.</summary>
public sealed class ArenaGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private SwitchboardCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await ArenaCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task Player_WhoSteers_IsSeenToMoveFromTheOtherEdge()
    {
        await using Spectator ann = await JoinAsync("ann", edge: 0);
        await using Spectator bob = await JoinAsync("bob", edge: 1);
        ArenaView before = await bob.FieldAsync(field => field.Players.Count == 2, "both players");
        double x = Of(before, ann).X;

        await ann.SteerAsync(x < Arena.Width / 2 ? 1 : -1, 0);
        await bob.FieldAsync(field => Math.Abs(Of(field, ann).X - x) > 100, "ann to be 100 further");
        await ann.RefusedAsync();
    }

    [Fact]
    public async Task Silo_OfTheArena_Dies_AndTheGameGoesOnWithTheScores()
    {
        await using Spectator ann = await JoinAsync("ann", edge: 0);
        await using Spectator bob = await JoinAsync("bob", edge: 1);
        int score = await CollectAsync(ann, 1);
        int silo = await _cluster.SiloOfAsync(ArenaCluster.Room);
        await WrittenAsync(ann);

        await _cluster.KillSiloAsync(silo);
        await bob.FieldAsync(field => field.Tick < 20 && field.Players.Count == 2, "the loop to begin anew, with both players");
        int after = await CollectAsync(ann, score + 1);

        Assert.True(after > score);
        Assert.Equal(1 - silo, await _cluster.SiloOfAsync(ArenaCluster.Room));
    }

    [Fact]
    public async Task Scores_OfTheLastPlayer_AreWrittenAllTheSame()
    {
        int score;
        await using (Spectator ann = await JoinAsync("ann", edge: 0))
        {
            score = await CollectAsync(ann, 1);
        }

        long began = TimeProvider.System.GetTimestamp();
        while (await StoredAsync("ann") < score)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"the {score} are not written");
            await Task.Delay(Look);
        }
    }

    [Fact]
    public async Task Scores_OfAnArenaThatMoves_AreWritten()
    {
        await using Spectator ann = await JoinAsync("ann", edge: 0);
        int score = await CollectAsync(ann, 1);

        await DeactivateAsync();

        await ann.FieldAsync(static field => field.Tick < 20, "the loop to begin anew");
        Assert.True(await ScoreAsync(ann) >= score, $"of the {score}, all");
    }

    [Fact]
    public async Task Scores_OfAUserWhoIsThereTwice_KeepTheHigherOne()
    {
        await using Spectator first = await JoinAsync("ann", edge: 0);
        await using Spectator second = await JoinAsync("ann", edge: 1);
        int score = await CollectAsync(first, 3);
        await CollectAsync(second, 1);

        await DeactivateAsync();

        await first.FieldAsync(static field => field.Tick < 20, "the loop to begin anew");
        Assert.True(await ScoreAsync(first) >= score, $"of the {score}, all");
    }

    private static async Task<int> ScoreAsync(Spectator player) =>
        Of(await player.FieldAsync(field => field.Players.Any(one => one.Id == player.Id), "the player"), player).Score;

    private static PlayerView Of(ArenaView field, Spectator player) => field.Players.Single(one => one.Id == player.Id);

    // Heads for the nearest spark until the score is there.
    private static async Task<int> CollectAsync(Spectator player, int score)
    {
        while (true)
        {
            ArenaView field = await player.FieldAsync(
                field => field.Sparks.Count > 0 && field.Players.Any(one => one.Id == player.Id), "the player and a spark");
            PlayerView self = Of(field, player);
            if (self.Score >= score)
            {
                await player.SteerAsync(0, 0);
                return self.Score;
            }

            Spark nearest = field.Sparks.MinBy(spark => Math.Pow(spark.X - self.X, 2) + Math.Pow(spark.Y - self.Y, 2))!;
            await player.SteerAsync(nearest.X - self.X, nearest.Y - self.Y);
        }
    }

    // Scores are written once a second.
    private static async Task WrittenAsync(Spectator player)
    {
        ArenaView now = await player.FieldAsync(static _ => true, "a field");
        await player.FieldAsync(field => field.Tick >= now.Tick + 25, "the scores to be written");
    }

    // As where a silo stops: the next call brings up another one.
    private async Task DeactivateAsync() => await _cluster.GrainFactory
        .GetGrain<IGrainManagementExtension>(GrainId.Create(ArenaGrain.Kind, ArenaCluster.Room)).DeactivateOnIdle();

    private async Task<int> StoredAsync(string user)
    {
        GrainState<Scores> stored = new();
        await _cluster.Silos[0].Services.GetRequiredKeyedService<IGrainStorage>(ArenaGrain.Storage)
            .ReadStateAsync("scores", GrainId.Create(ArenaGrain.Kind, ArenaCluster.Room), stored);
        return stored.State?.ByUser.GetValueOrDefault(user) ?? 0;
    }

    private async Task<Spectator> JoinAsync(string user, int edge) =>
        await Spectator.JoinAsync(await _cluster.ConnectAsync(user, edge));
}
