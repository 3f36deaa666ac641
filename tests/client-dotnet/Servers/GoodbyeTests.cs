using Switchboard.Client.Tests.Testing;
using Switchboard.Core.InProcess;
using ContractEdge = Switchboard.ClientContract.Harness.ContractEdge;

namespace Switchboard.Client.Tests.Servers;

/// <summary>Who closes leaves its rooms at once, not after its grace period.</summary>
public sealed class GoodbyeTests : IAsyncLifetime
{
    private InProcessBackplane _backplane = null!;
    private ContractEdge _edge = null!;

    public async Task InitializeAsync()
    {
        InProcessOptions options = new();
        options.Connections.Grace = TimeSpan.FromMinutes(10);
        _backplane = new InProcessBackplane(options, TimeProvider.System);
        _edge = await ContractEdge.StartAsync(_backplane, options.Connections.Grace, gateway => gateway.Limits.MessagesPerSecond = 0);
    }

    public async Task DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _backplane.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(TransportTests.Transports), MemberType = typeof(TransportTests))]
    public async Task Close_WhileSomethingIsSent_SaysGoodbye(TransportKind transport)
    {
        await using SwitchboardClient bob = await ConnectAsync("bob", TransportKind.WebSocket);
        Room watched = bob.Room("r");
        await watched.JoinAsync(new JoinOptions { Presence = true }).WithinAsync("bob's join");
        for (int i = 0; i < 20; i++)
        {
            await using SwitchboardClient ann = await ConnectAsync("ann", transport);
            await ann.Room("r").JoinAsync().WithinAsync("ann's join");
            Task[] publishing = [.. Enumerable.Range(0, 300).Select(_ => ann.Room("r").PublishAsync("last words").AsTask())];

            await ann.CloseAsync().WithinAsync("the end");

            await Task.WhenAny(Task.WhenAll(publishing));
        }

        await Waiting.UntilAsync(
            () => watched.Members.Count == 1 && watched.Members.Members.Count == 1, $"ann's leave, over {transport}");
    }

    private async Task<SwitchboardClient> ConnectAsync(string user, TransportKind transport)
    {
        SwitchboardClient client = new(new SwitchboardClientOptions { Url = _edge.Address, User = user, Transports = [transport] });
        await client.ConnectAsync().WithinAsync("the connection");
        return client;
    }
}
