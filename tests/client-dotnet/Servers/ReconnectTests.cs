using System.Net;
using System.Threading.Channels;
using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Servers;

/// <summary>Connections that break, to a real gateway, on every way to it.</summary>
public sealed class ReconnectTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    public static TheoryData<TransportKind> Transports => TransportTests.Transports;

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task BrokenNetwork_LosesAndDoublesNothing(TransportKind transport)
    {
        await using CuttableProxy proxy = CuttableProxy.Start(new IPEndPoint(IPAddress.Loopback, server.Address.Port));
        await using SwitchboardClient ann = await ConnectAsync(proxy.Address, "ann", transport);
        await using SwitchboardClient bob = await ConnectAsync(server.Address, "bob", TransportKind.WebSocket);
        string name = $"cut-{transport}";
        Channel<string> byAnn = Listen(ann.Room(name));
        Channel<string> byBob = Listen(bob.Room(name));
        await ann.Room(name).JoinAsync().WithinAsync("ann's join");
        await bob.Room(name).JoinAsync().WithinAsync("bob's join");

        List<string> expected = [];
        for (int i = 0; i < 9; i++)
        {
            Task<Position> one = ann.Room(name).PublishAsync($"ann {i}").AsTask();
            if (i % 3 == 1)
            {
                proxy.Cut();
            }

            await one.WithinAsync($"the answer to ann's {i}");
            await bob.Room(name).PublishAsync($"bob {i}").WithinAsync("the answer to bob's");
            expected.AddRange([$"ann {i}", $"bob {i}"]);
        }

        foreach (string next in expected)
        {
            Assert.Equal(next, await byBob.Reader.ReadAsync().WithinAsync($"'{next}' at bob"));
            Assert.Equal(next, await byAnn.Reader.ReadAsync().WithinAsync($"'{next}' at ann"));
        }
    }

    [Fact]
    public async Task ServerWithoutWebSocket_IsReachedByAnotherWay()
    {
        await using SwitchboardClient ann = new(new SwitchboardClientOptions { Url = new Uri(server.Address, "/no-such-path"), User = "ann" });

        await ann.ConnectAsync().WithinAsync("the connection");

        await ann.Room("other way").JoinAsync().WithinAsync("the join");
        Assert.Equal(1, (await ann.Room("other way").PublishAsync("x").WithinAsync("the answer")).Offset);
    }

    [Theory]
    [InlineData(TransportKind.WebSocket, null, null, "401: neither a token nor a User was given")]
    [InlineData(TransportKind.WebSocket, "a\nb", null, "401: it wants a token, or the User is not a name that it takes")]
    [InlineData(TransportKind.WebSocket, null, "abc", "401: it does not accept the token")]
    [InlineData(TransportKind.ServerSentEvents, null, null, "401: unauthorized: Name yourself with ?user=NAME.")]
    [InlineData(TransportKind.LongPolling, null, null, "401: unauthorized: Name yourself with ?user=NAME.")]
    public async Task UserThatIsRefused_IsToldWhy(TransportKind transport, string? user, string? token, string why)
    {
        await using SwitchboardClient nobody = new(new SwitchboardClientOptions
        {
            Url = server.Address,
            User = user,
            Token = token,
            Transports = [transport],
        });

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => nobody.ConnectAsync().WithinAsync("the refusal"));

        Assert.Equal(ErrorCodes.Unauthorized, error.Code);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PathThatIsWrong_IsTold()
    {
        await using SwitchboardClient ann = new(new SwitchboardClientOptions
        {
            Url = new Uri(server.Address, "/no-such-path"),
            User = "ann",
            Transports = [TransportKind.WebSocket],
        });

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => ann.ConnectAsync().WithinAsync("the refusal"));

        Assert.Equal(ErrorCodes.Unreachable, error.Code);
        Assert.Contains("404: no WebSocket is served at /no-such-path", error.Message, StringComparison.Ordinal);
    }

    private static Channel<string> Listen(Room room)
    {
        Channel<string> seen = Channel.CreateUnbounded<string>();
        room.Message += message => seen.Writer.TryWrite(message.ReadText());
        return seen;
    }

    private static async Task<SwitchboardClient> ConnectAsync(Uri address, string user, TransportKind transport)
    {
        SwitchboardClient client = new(new SwitchboardClientOptions
        {
            Url = address,
            User = user,
            Transports = [transport],
            CommandTimeout = TimeSpan.FromSeconds(30),
        });
        await client.ConnectAsync().WithinAsync("the connection");
        return client;
    }
}
