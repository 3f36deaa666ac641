using Switchboard.Gateway.Limits;

namespace Switchboard.Gateway.Tests.Limits;

public sealed class SharedBucketTests
{
    private static readonly TokenRate TenASecond = new(10, 3);

    [Fact]
    public void Take_BeyondTheBurst_IsRefusedWithTheTimeToWait()
    {
        SharedBucket bucket = default;
        for (int i = 0; i < 3; i++)
        {
            Assert.True(bucket.TryTake(TenASecond, 5000, 1, out long none));
            Assert.Equal(0, none);
        }

        Assert.False(bucket.TryTake(TenASecond, 5000, 1, out long wait));
        Assert.Equal(100, wait);
        Assert.False(bucket.TryTake(TenASecond, 5099, 1, out wait));
        Assert.Equal(1, wait);
        Assert.True(bucket.TryTake(TenASecond, 5100, 1, out _));
    }

    [Fact]
    public void Take_OfMoreThanItHolds_TakesAllOfIt()
    {
        SharedBucket bucket = default;

        Assert.True(bucket.TryTake(TenASecond, 0, 1_000_000, out _));
        Assert.False(bucket.TryTake(TenASecond, 299, 1_000_000, out long wait));
        Assert.Equal(1, wait);
        Assert.True(bucket.TryTake(TenASecond, 300, 1_000_000, out _));
    }

    [Fact]
    public void Silence_HoweverLong_SavesUpNoMoreThanTheBurst()
    {
        SharedBucket bucket = default;
        bucket.TryTake(TenASecond, 0, 3, out _);
        Assert.False(bucket.IsFull(299));
        Assert.True(bucket.IsFull(300));

        Assert.True(bucket.TryTake(TenASecond, 1_000_000, 3, out _));
        Assert.False(bucket.TryTake(TenASecond, 1_000_000, 1, out _));
    }

    [Fact]
    public void Look_TakesNothing()
    {
        SharedBucket bucket = default;
        bucket.TryTake(TenASecond, 0, 2, out _);

        Assert.True(bucket.HasAny(TenASecond, 0, out _));
        Assert.True(bucket.HasAny(TenASecond, 0, out _));
        Assert.True(bucket.TryTake(TenASecond, 0, 1, out _));
        Assert.False(bucket.HasAny(TenASecond, 0, out long wait));
        Assert.Equal(100, wait);
    }

    [Fact]
    public void Rate_OfNone_RefusesNothing()
    {
        SharedBucket bucket = default;

        Assert.True(bucket.TryTake(new TokenRate(0, 1), 0, long.MaxValue, out _));
    }

    [Fact]
    public void Rate_OfFourGigabytesASecond_DoesNotOverflow()
    {
        TokenRate fast = new(1L << 32, 1L << 32);
        SharedBucket bucket = default;

        Assert.True(bucket.TryTake(fast, 0, 1L << 32, out _));
        Assert.False(bucket.TryTake(fast, 0, 1L << 32, out long wait));
        Assert.Equal(1000, wait);
    }

    [Fact]
    public void Threads_ThatTakeAtOnce_GetNoMoreThanThereIs()
    {
        TokenRate rate = new(1, 1000);
        SharedBucket bucket = default;
        int taken = 0;

        Parallel.For(0, 5000, _ =>
        {
            if (bucket.TryTake(rate, 0, 1, out long _))
            {
                Interlocked.Increment(ref taken);
            }
        });

        Assert.Equal(1000, taken);
    }

    [Fact]
    public void Take_AllocatesNothing()
    {
        SharedBucket bucket = default;
        TokenRate rate = new(1000, 1000);
        bucket.TryTake(rate, 0, 1, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1000; i++)
        {
            bucket.TryTake(rate, i, 1, out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
