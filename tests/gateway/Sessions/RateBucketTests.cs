using Switchboard.Gateway.Sessions;

namespace Switchboard.Gateway.Tests.Sessions;

public sealed class RateBucketTests
{
    [Fact]
    public void Bucket_GivesTheBurstThenTheRateAndNeverMoreThanTheBurst()
    {
        RateBucket bucket = new(perSecond: 4, burst: 3);
        Assert.Equal([true, true, true, false], Take(ref bucket, 1000, 4));
        Assert.Equal([false], Take(ref bucket, 1249, 1));
        Assert.Equal([true, false], Take(ref bucket, 1250, 2));
        Assert.Equal([true, true, false], Take(ref bucket, 1750, 3));
        Assert.Equal([true, true, true, false], Take(ref bucket, 1_000_000, 4));
    }

    [Fact]
    public void Bucket_WithoutARate_NeverRefuses()
    {
        RateBucket bucket = new(perSecond: 0, burst: 1);
        Assert.DoesNotContain(false, Take(ref bucket, 0, 10_000));
    }

    [Fact]
    public void Bucket_OverTime_GivesTheRateHoweverOftenItIsAsked()
    {
        RateBucket bucket = new(perSecond: 500, burst: 10);
        int taken = 0;
        for (long now = 0; now < 10_000; now++)
        {
            taken += bucket.TryTake(now) ? 1 : 0;
            taken += bucket.TryTake(now) ? 1 : 0;
        }

        Assert.InRange(taken, 5000, 5010);
    }

    private static bool[] Take(ref RateBucket bucket, long now, int times)
    {
        bool[] taken = new bool[times];
        for (int i = 0; i < times; i++)
        {
            taken[i] = bucket.TryTake(now);
        }

        return taken;
    }
}
