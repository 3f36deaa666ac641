using Microsoft.Extensions.Options;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Options;

public sealed class GatewayOptionsTests
{
    private static readonly TimeSpan TooLong = TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(1);

    public static TheoryData<string, Action<GatewayOptions>> Wrong() => new()
    {
        { "Path", o => o.Path = "ws" },
        { "Path", o => o.Path = "/ws?x" },
        { "EchoPath", o => o.EchoPath = "/w s" },
        { "EchoPath", o => o.EchoPath = o.Path },
        { "Deflate.MaxServerWindowBits", o => o.Deflate.MaxServerWindowBits = 8 },
        { "Deflate.MaxClientWindowBits", o => o.Deflate.MaxClientWindowBits = 16 },
        { "Deflate.MinimumMessageSize", o => o.Deflate.MinimumMessageSize = -1 },
        { "Access.Origins", o => o.Access.Origins.Add("not an origin") },
        { "Access.Hosts", o => o.Access.Hosts.Add("not a host") },
        { "Access.DevelopmentIdentity", o => o.Access.DevelopmentIdentity = (DevelopmentIdentity)9 },
        { "Limits.MaxConnections", o => o.Limits.MaxConnections = 0 },
        { "Limits.MaxHandshakes", o => o.Limits.MaxHandshakes = 0 },
        { "Limits.HandshakeTimeout", o => o.Limits.HandshakeTimeout = TimeSpan.Zero },
        { "Limits.ConnectTimeout", o => o.Limits.ConnectTimeout = TooLong },
        { "Limits.CloseTimeout", o => o.Limits.CloseTimeout = TimeSpan.Zero },
        { "Limits.MaxMessageBytes", o => o.Limits.MaxMessageBytes = 1023 },
        { "Limits.MaxFragments", o => o.Limits.MaxFragments = 0 },
        { "Limits.MessagesPerSecond", o => o.Limits.MessagesPerSecond = -1 },
        { "Limits.MessageBurst", o => o.Limits.MessageBurst = 0 },
        { "Limits.MaxRefusals", o => o.Limits.MaxRefusals = -1 },
        { "Limits.MessageTimeout", o => o.Limits.MessageTimeout = TimeSpan.Zero },
        { "Limits.BytesPerSecond", o => o.Limits.BytesPerSecond = -1 },
        { "Limits.ByteBurst", o => o.Limits.ByteBurst = 1023 },
        { "Limits.MaxFailedResumes", o => o.Limits.MaxFailedResumes = 0 },
        { "Limits.MaxTracked", o => o.Limits.MaxTracked = 0 },
        { "Limits.PerAddress.MaxConnections", o => o.Limits.PerAddress.MaxConnections = -1 },
        { "Limits.PerAddress.MaxHandshakes", o => o.Limits.PerAddress.MaxHandshakes = -1 },
        { "Limits.PerAddress.HandshakesPerSecond", o => o.Limits.PerAddress.HandshakesPerSecond = -1 },
        { "Limits.PerAddress.HandshakeBurst", o => o.Limits.PerAddress.HandshakeBurst = 0 },
        { "Limits.PerAddress.RequestsPerSecond", o => o.Limits.PerAddress.RequestsPerSecond = -1 },
        { "Limits.PerAddress.RequestBurst", o => o.Limits.PerAddress.RequestBurst = 0 },
        { "Limits.PerAddress.FailedResumesPerMinute", o => o.Limits.PerAddress.FailedResumesPerMinute = -1 },
        { "Limits.PerAddress.FailedResumeBurst", o => o.Limits.PerAddress.FailedResumeBurst = 0 },
        { "Limits.PerAddress.MessagesPerSecond", o => o.Limits.PerAddress.MessagesPerSecond = -1 },
        { "Limits.PerUser.MaxConnections", o => o.Limits.PerUser.MaxConnections = -1 },
        { "Limits.PerUser.MessageBurst", o => o.Limits.PerUser.MessageBurst = 0 },
        { "Limits.PerRoom.BytesPerSecond", o => o.Limits.PerRoom.BytesPerSecond = -1 },
        { "Limits.PerRoom.ByteBurst", o => o.Limits.PerRoom.ByteBurst = 0 },
        { "Limits.Memory.MaxBytes", o => o.Limits.Memory.MaxBytes = -1 },
        { "Limits.Memory.MaxPercent", o => o.Limits.Memory.MaxPercent = 101 },
        { "Proxies.Trusted", o => o.Proxies.Trusted.Add("not a network") },
        { "Proxies.Header", o => o.Proxies.Header = "X-Real-IP" },
        { "Heartbeat.Interval", o => o.Heartbeat.Interval = TimeSpan.Zero },
        { "Heartbeat.Timeout", o => o.Heartbeat.Timeout = TooLong },
        { "Heartbeat.Sweep", o => o.Heartbeat.Sweep = TimeSpan.FromSeconds(61) },
        { "Outbound.MaxQueueBytes", o => o.Outbound.MaxQueueBytes = (1L << 32) + 1 },
        { "Outbound.BehindBytes", o => o.Outbound.BehindBytes = o.Outbound.MaxQueueBytes + 1 },
        { "Fallbacks.Path", o => o.Fallbacks.Path = "fallback" },
        { "Fallbacks.Path", o => o.Fallbacks.Path = "/fallback/" },
        { "Fallbacks.MaxWait", o => o.Fallbacks.MaxWait = TooLong },
        { "Fallbacks.Linger", o => o.Fallbacks.Linger = TimeSpan.FromSeconds(11) },
        { "Fallbacks.MaxRequests", o => o.Fallbacks.MaxRequests = 0 },
        { "Fallbacks.MaxRequestBytes", o => o.Fallbacks.MaxRequestBytes = 1023 },
        { "Fallbacks.MaxCommands", o => o.Fallbacks.MaxCommands = 0 },
        { "Fallbacks.MaxResponseBytes", o => o.Fallbacks.MaxResponseBytes = 0 },
        { "Fallbacks.MaxWaitingCommands", o => o.Fallbacks.MaxWaitingCommands = o.Fallbacks.MaxCommands - 1 },
        { "Fallbacks.StreamHeartbeat", o => o.Fallbacks.StreamHeartbeat = TimeSpan.Zero },
        { "Fallbacks.StreamLife", o => o.Fallbacks.StreamLife = TimeSpan.FromDays(2) },
        { "Outbound.SlowConsumer", o => o.Outbound.SlowConsumer = (SlowConsumerPolicy)9 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Value_OutOfBounds_IsNamedAndNothingElseIs(string field, Action<GatewayOptions> make)
    {
        GatewayOptions options = new();
        make(options);

        string problem = Assert.Single(options.Validate());

        Assert.Matches($"^{field}(:? |$)", problem);
    }

    [Fact]
    public void Defaults_AreValid() => Assert.Empty(new GatewayOptions().Validate());

    [Fact]
    public void Values_OutOfBounds_AreAllNamedAtOnce()
    {
        GatewayOptions options = new();
        foreach (object[] row in Wrong())
        {
            ((Action<GatewayOptions>)row[1])(options);
        }

        // Path, EchoPath and that of the fallbacks stand twice each, of which the last counts; of three of Deflate's the first is named.
        Assert.Equal(54, options.Validate().Count());
    }

    [Fact]
    public async Task Server_WithAValueOutOfBounds_DoesNotStart()
    {
        OptionsValidationException failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => GatewayHost.StartAsync(options => options.Limits.MaxFragments = 0));

        Assert.Contains("Limits.MaxFragments", failure.Message, StringComparison.Ordinal);
    }
}
