using System.Net;
using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Servers;

/// <summary>What options say of the network, on every way to a real gateway.</summary>
public sealed class NetworkTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    public static TheoryData<TransportKind> Transports => TransportTests.Transports;

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Certificate_IsJudgedByTheProgram(TransportKind transport)
    {
        int judged = 0;
        await using SwitchboardClient ann = new(new SwitchboardClientOptions(server.SecureAddress)
        {
            User = "ann",
            Transports = [transport],
            CertificateValidation = (_, _, _, _) => Interlocked.Increment(ref judged) > 0,
        });

        await ann.ConnectAsync().WithinAsync("the connection");

        Assert.NotEqual(0, judged);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Proxy_IsAskedForTheWay(TransportKind transport)
    {
        RememberingProxy proxy = new();
        await using SwitchboardClient ann = new(new SwitchboardClientOptions(server.Address)
        {
            User = "ann",
            Transports = [transport],
            Proxy = proxy,
        });

        await ann.ConnectAsync().WithinAsync("the connection");

        Assert.Equal(server.Address.Port, proxy.Asked?.Port);
    }

    [Fact]
    public async Task Handshake_ThatIsRefusedForAWhile_IsTriedAgainThen()
    {
        StateChange told = await FirstFailureAsync("503 Service Unavailable", "Retry-After: 700");

        Assert.InRange(told.RetryAfter!.Value, TimeSpan.FromSeconds(700), TimeSpan.FromSeconds(720));
        Assert.Contains("503", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_ThatIsAnsweredWrongly_IsTriedAgainSoon()
    {
        StateChange told = await FirstFailureAsync("101 Switching Protocols", "Upgrade: nothing");

        Assert.True(told.RetryAfter < TimeSpan.FromSeconds(1), $"in {told.RetryAfter}");
        Assert.DoesNotContain("refused", told.Reason, StringComparison.Ordinal);
    }

    private static async Task<StateChange> FirstFailureAsync(string status, string header)
    {
        await using RefusingServer refusing = RefusingServer.Start(status, header);
        await using SwitchboardClient ann = new(new SwitchboardClientOptions(refusing.Address)
        {
            User = "ann",
            Transports = [TransportKind.WebSocket],
        });
        TaskCompletionSource<StateChange> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ann.StateChanged += change => _ = change.RetryAfter is not null && failed.TrySetResult(change);
        Task connecting = ann.ConnectAsync();

        StateChange told = await failed.Task.WithinAsync("the failure");

        await ann.CloseAsync().WithinAsync("the end");
        await Assert.ThrowsAsync<SwitchboardException>(() => connecting);
        return told;
    }

    private sealed class RememberingProxy : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? Asked { get; private set; }

        public Uri? GetProxy(Uri destination) => null;

        public bool IsBypassed(Uri host)
        {
            Asked = host;
            return true;
        }
    }
}
