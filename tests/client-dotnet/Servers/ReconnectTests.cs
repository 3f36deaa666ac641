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

    [Fact]
    public async Task UserThatIsRefused_IsTold()
    {
        await using SwitchboardClient nobody = new(new SwitchboardClientOptions { Url = server.Address });

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => nobody.ConnectAsync().WithinAsync("the refusal"));

        Assert.Equal(ErrorCodes.Unauthorized, error.Code);
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
