using Switchboard.Client.Session;

namespace Switchboard.Client.Tests.Session;

/// <summary>docs/protocol.md, "Close codes" and "Reconnecting".</summary>
public sealed class ReconnectPolicyTests
{
    private static readonly ReconnectOptions Options = new();

    [Theory]
    [InlineData(1001, true, true)]
    [InlineData(1006, true, true)]
    [InlineData(1011, true, true)]
    [InlineData(1013, true, true)]
    [InlineData(4000, true, true)]
    [InlineData(4001, true, true)]
    [InlineData(4002, true, true)]
    [InlineData(4399, true, true)]
    [InlineData(4400, true, false)]
    [InlineData(4499, true, false)]
    [InlineData(1000, true, false)]
    [InlineData(1002, false, false)]
    [InlineData(1007, false, false)]
    [InlineData(1009, false, false)]
    [InlineData(4500, false, false)]
    [InlineData(4502, false, false)]
    [InlineData(4503, false, false)]
    [InlineData(4504, false, false)]
    [InlineData(4505, false, false)]
    [InlineData(4506, false, false)]
    [InlineData(4999, false, false)]
    public void CloseCode_Decides_WhetherAndHow(int code, bool again, bool resumes)
    {
        Decision decision = new ReconnectPolicy(Options, new Random(1), hasFreshTokens: false).Decide(new LinkEnd(code, ""));

        Assert.Equal(again, decision.IsRetried);
        Assert.Equal(resumes, decision.KeepsConnection);
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(408, true)]
    [InlineData(409, true)]
    [InlineData(426, false)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(505, false)]
    public void Status_OfARefusal_Decides(int status, bool again)
    {
        ReconnectPolicy policy = new(Options, new Random(1), hasFreshTokens: false);

        Assert.Equal(again, policy.Decide(new LinkEnd(LinkEnd.Abnormal, "") { Status = status }).IsRetried);
    }

    [Fact]
    public void RefusedToken_WithAProvider_IsTriedOnceMore()
    {
        ReconnectPolicy policy = new(Options, new Random(1), hasFreshTokens: true);

        Assert.True(policy.Decide(new LinkEnd(4503, "")).IsRetried);
        Assert.False(policy.Decide(new LinkEnd(4503, "")).IsRetried);
        policy.OnWelcome();
        Assert.True(policy.Decide(new LinkEnd(4503, "")).IsRetried);
    }

    [Fact]
    public void Delay_GrowsWithFullJitter_UpToItsBound()
    {
        ReconnectPolicy policy = new(Options, new Random(1), hasFreshTokens: false);
        double[] longest = [0.25, 0.5, 1, 2, 4, 8, 16, 20, 20, 20];

        double[] delays = [.. longest.Select(_ => policy.Decide(new LinkEnd(1006, "")).Delay.TotalSeconds)];

        Assert.All(delays.Zip(longest), pair => Assert.InRange(pair.First, 0, pair.Second));
        Assert.Contains(delays.Zip(longest), pair => pair.First < pair.Second / 2);
        Assert.Contains(delays.Zip(longest), pair => pair.First > pair.Second / 2);
        policy.OnLasted();
        Assert.InRange(policy.Decide(new LinkEnd(1006, "")).Delay.TotalSeconds, 0, 0.25);
    }

    [Fact]
    public void RetryAfter_IsWaitedForAtLeast()
    {
        ReconnectPolicy policy = new(Options, new Random(1), hasFreshTokens: false);

        Decision decision = policy.Decide(new LinkEnd(LinkEnd.Abnormal, "") { Status = 503, RetryAfter = TimeSpan.FromSeconds(7) });

        Assert.InRange(decision.Delay.TotalSeconds, 7, 7.25);
    }

    [Fact]
    public void MaxAttempts_Reached_Stops()
    {
        ReconnectPolicy policy = new(Options with { MaxAttempts = 2 }, new Random(1), hasFreshTokens: false);

        Assert.Equal(
            [true, true, false],
            Enumerable.Range(0, 3).Select(_ => policy.Decide(new LinkEnd(1006, "")).IsRetried));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(int.MaxValue)]
    public async Task RetryAfter_ThatCantBeWaitedFor_IsBounded(int seconds)
    {
        ReconnectPolicy policy = new(Options, new Random(1), hasFreshTokens: false);

        Decision decision = policy.Decide(
            new LinkEnd(LinkEnd.Abnormal, "") { Status = 503, RetryAfter = TimeSpan.FromSeconds(seconds) });

        using CancellationTokenSource cancel = new();
        Task waiting = Task.Delay(decision.Delay, TimeProvider.System, cancel.Token);
        await cancel.CancelAsync();
        await Task.WhenAny(waiting);
    }
}
