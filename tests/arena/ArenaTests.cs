namespace Switchboard.Arena.Tests;

/// <summary>The rules, without a cluster.</summary>
public sealed class ArenaTests
{
#pragma warning disable CA5394 // The same places every time.
    private readonly Arena _arena = new(new Random(1));
#pragma warning restore CA5394

    [Fact]
    public void Player_Steered_MovesAtTheSpeedOfTheGameWhateverItAsksFor()
    {
        _arena.Enter("1", "ann", 0);
        PlayerView before = Ann();
        _arena.Steer("1", before.X < Arena.Width / 2 ? 1000 : -1000, 0);

        _arena.Step(0.5);

        Assert.Equal(Arena.Speed / 2, Math.Abs(Ann().X - before.X), 1.0);
        Assert.Equal(before.Y, Ann().Y);
    }

    [Fact]
    public void Player_AtTheEdge_StaysInTheField()
    {
        _arena.Enter("1", "ann", 0);
        _arena.Steer("1", -1, -1);

        for (int i = 0; i < 200; i++)
        {
            _arena.Step(0.05);
        }

        Assert.True(Ann() is { X: > 0, Y: > 0 }, $"{Ann()}");
    }

    [Fact]
    public void Steering_ThatIsNoNumber_ChangesNothing()
    {
        _arena.Enter("1", "ann", 0);
        PlayerView before = Ann();
        _arena.Steer("1", double.NaN, double.PositiveInfinity);

        _arena.Step(1);

        Assert.Equal(before, Ann());
    }

    [Fact]
    public void Player_WhoReachesASpark_CollectsItAndAnotherAppears()
    {
        _arena.Enter("1", "ann", 3);
        _arena.Step(0.05);
        int before = Ann().Score;

        for (int i = 0; i < 200 && Ann().Score == before; i++)
        {
            Spark nearest = _arena.View().Sparks.MinBy(spark => Math.Pow(spark.X - Ann().X, 2) + Math.Pow(spark.Y - Ann().Y, 2))!;
            _arena.Steer("1", nearest.X - Ann().X, nearest.Y - Ann().Y);
            _arena.Step(0.05);
        }

        Assert.True(Ann().Score > before, "it reaches the nearest spark within ten seconds");
        _arena.Step(0.05);
        Assert.Equal(Arena.SparkCount, _arena.View().Sparks.Count);
    }

    private PlayerView Ann() => Assert.Single(_arena.View().Players);
}
