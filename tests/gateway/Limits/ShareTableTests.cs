using Switchboard.Gateway.Limits;

namespace Switchboard.Gateway.Tests.Limits;

public sealed class ShareTableTests
{
    private static readonly ShareLimits Limits = new()
    {
        Messages = new TokenRate(10, 10),
        Bytes = default,
        MaxConnections = 1,
    };

    [Fact]
    public void Share_OfOneKey_IsTheSameWhileItIsHeld()
    {
        ShareTable<string> table = new(Limits, 10);
        Share first = table.Hold("a");

        table.Sweep(0);

        Assert.Same(first, table.Hold("a"));
        Assert.NotSame(first, table.Hold("b"));
        Assert.Equal(2, table.Count);
    }

    [Fact]
    public void Share_ThatNobodyHolds_IsForgottenOnceItsBucketsAreFull()
    {
        ShareTable<string> table = new(Limits, 10);
        Share share = table.Hold("a");
        share.TryMessage(0, out _);
        share.Release();

        table.Sweep(99);
        Assert.Equal(1, table.Count);
        table.Sweep(100);

        Assert.Equal(0, table.Count);
        Assert.False(share.TryHold());
        Assert.NotSame(share, table.Hold("a"));
    }

    [Fact]
    public void Keys_BeyondTheMost_ShareOneShareAndTheTableDoesNotGrow()
    {
        ShareTable<string> table = new(Limits, 2);
        Share known = table.Hold("a");
        table.Hold("b");
        Share crowd = table.Hold("c");

        for (int i = 0; i < 1000; i++)
        {
            Assert.Same(crowd, table.Hold($"key {i}"));
        }

        Assert.Equal(2, table.Count);
        Assert.Same(known, table.Hold("a"));
        Assert.True(crowd.TryConnect());
        Assert.False(table.Hold("d").TryConnect());
    }

    [Fact]
    public void Threads_ThatHoldAndReleaseWhileItIsSwept_LoseNoCount()
    {
        ShareTable<int> table = new(Limits, 100);

        Parallel.For(0, 20_000, i =>
        {
            if (i % 10 == 0)
            {
                table.Sweep(long.MaxValue / 1_000_001);
            }
            else
            {
                table.Hold(i % 7).Release();
            }
        });
        table.Sweep(long.MaxValue / 1_000_001);

        Assert.Equal(0, table.Count);
    }
}
