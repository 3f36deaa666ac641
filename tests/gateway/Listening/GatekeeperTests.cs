using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Framing;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Tests.Listening;

public sealed class GatekeeperTests
{
    [Fact]
    public void Handshakes_AreCountedFromTheirBeginToTheirEnd()
    {
        Gatekeeper keeper = Create(new LimitOptions { MaxHandshakes = 2 });
        Assert.True(keeper.TryBeginHandshake());
        Assert.True(keeper.TryBeginHandshake());
        Assert.False(keeper.TryBeginHandshake());
        Assert.False(keeper.TryBeginHandshake());

        keeper.EndHandshake();

        Assert.True(keeper.TryBeginHandshake());
        Assert.False(keeper.TryBeginHandshake());
        Assert.Equal(429, keeper.RefuseForHandshakes().StatusCode);
    }

    [Fact]
    public async Task Connections_AreCountedUntilTheyLeaveAndRefusalsAreNot()
    {
        Gatekeeper keeper = Create(new LimitOptions { MaxConnections = 2 });
        Assert.Equal(401, (await JudgeAsync(keeper, "no name")).Refusal!.StatusCode);
        Assert.NotNull((await JudgeAsync(keeper)).Admission);
        Assert.NotNull((await JudgeAsync(keeper)).Admission);
        Assert.Equal(503, (await JudgeAsync(keeper)).Refusal!.StatusCode);
        Assert.Equal(503, (await JudgeAsync(keeper)).Refusal!.StatusCode);

        keeper.Leave();

        Assert.NotNull((await JudgeAsync(keeper)).Admission);
        Assert.Equal(503, (await JudgeAsync(keeper)).Refusal!.StatusCode);
    }

    [Fact]
    public async Task Everybody_IsRefusedAfterTheStop()
    {
        Gatekeeper keeper = Create(new LimitOptions());
        Assert.NotNull((await JudgeAsync(keeper)).Admission);

        keeper.Stop();

        Assert.Equal(503, (await JudgeAsync(keeper)).Refusal!.StatusCode);
    }

    private static Gatekeeper Create(LimitOptions limits) => new(
        limits,
        new GatewayMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()));

    private static ValueTask<Verdict> JudgeAsync(Gatekeeper keeper, string? problem = null)
    {
        HandshakeOptions handshake = new() { Origins = new OriginPolicy([]) };
        WebSocketRoute route = new("/x")
        {
            Handshake = handshake,
            SameOriginHandshake = handshake,
            Identity = new FixedIdentity(problem),
            CreateHandler = static (_, _, _) => throw new InvalidOperationException("nobody is served here"),
            Settings = new WebSocketSettings
            {
                Messages = new MessageLimits(),
                Outbound = new OutboundLimits(1, 1),
                HeartbeatInterval = 1,
                HeartbeatTimeout = 1,
                CloseTimeout = 1,
            },
        };
        return keeper.JudgeAsync(route, Requests.Head("/x"), loopback: true);
    }

    private sealed class FixedIdentity(string? problem) : IIdentityProvider
    {
        public ValueTask<IdentityResult> IdentifyAsync(RequestHead head, bool loopback) =>
            new(new IdentityResult(new UserName("u"), problem));
    }
}
