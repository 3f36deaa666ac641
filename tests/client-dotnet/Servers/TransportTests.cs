using System.Threading.Channels;
using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Servers;

/// <summary>Every way to a real gateway.</summary>
public sealed class TransportTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    public static TheoryData<TransportKind> Transports =>
        [TransportKind.WebSocket, TransportKind.ServerSentEvents, TransportKind.LongPolling];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task TwoClients_InOneRoom_SeeEachOther(TransportKind transport)
    {
        string name = $"room-{transport}";
        await using SwitchboardClient ann = await ConnectAsync("ann", transport);
        await using SwitchboardClient bob = await ConnectAsync("bob", transport);
        Channel<RoomMessage> seen = Channel.CreateUnbounded<RoomMessage>();
        ann.Room(name).Message += message => seen.Writer.TryWrite(message);
        await ann.Room(name).JoinAsync(new JoinOptions { Presence = true }).WithinAsync("ann's join");
        await bob.Room(name).JoinAsync(new JoinOptions().WithState(new Status("well"), TestJson.Default.Status)).WithinAsync("bob's join");

        Position first = await bob.Room(name).PublishAsync(new Point(1, 2), TestJson.Default.Point).WithinAsync("the first publish");
        Position second = await bob.Room(name).PublishBytesAsync([1, 2, 3]).WithinAsync("the second publish");

        RoomMessage point = await seen.Reader.ReadAsync().WithinAsync("the first message");
        RoomMessage bytes = await seen.Reader.ReadAsync().WithinAsync("the second message");
        Assert.Equal(new Point(1, 2), point.Read(TestJson.Default.Point));
        Assert.Equal("bob", point.From?.User);
        Assert.Equal(bob.ConnectionId, point.From?.ConnectionId);
        Assert.Equal(first, point.Position);
        Assert.True(bytes.IsBinary);
        Assert.Equal([1, 2, 3], bytes.Data.ToArray());
        Assert.Equal(second, bytes.Position);
        await Waiting.UntilAsync(() => ann.Room(name).Members.Count == 2, "bob in ann's presence");
        Member member = ann.Room(name).Members.Members.Single(one => one.User == "bob");
        Assert.Equal("well", member.ReadState(TestJson.Default.Status)?.Mood);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Client_AsksForHistoryAndPresence_GetsThem(TransportKind transport)
    {
        await using SwitchboardClient ann = await ConnectAsync("ann", transport);
        Room room = ann.Room($"history-{transport}");
        await room.JoinAsync(new JoinOptions { Presence = true }).WithinAsync("the join");
        for (int i = 0; i < 3; i++)
        {
            await room.PublishAsync($"{i}").WithinAsync("a publish");
        }

        HistoryPage<RoomMessage> page = await room.HistoryAsync(new HistoryOptions { NewestFirst = true, Limit = 2 }).WithinAsync("the history");
        PresenceSnapshot presence = await room.PresenceAsync().WithinAsync("the presence");

        Assert.Equal(["2", "1"], page.Messages.Select(message => message.ReadText()));
        Assert.True(page.HasMore);
        Assert.Equal("ann", Assert.Single(presence.Members).User);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task DirectMessages_ToUserAndConnection_Arrive(TransportKind transport)
    {
        await using SwitchboardClient ann = await ConnectAsync($"ann-{transport}", transport);
        await using SwitchboardClient bob = await ConnectAsync("bob", transport);
        Channel<DirectMessage> seen = Channel.CreateUnbounded<DirectMessage>();
        ann.Message += message => seen.Writer.TryWrite(message);

        await bob.SendToUserAsync($"ann-{transport}", "to the user").WithinAsync("the first send");
        await bob.SendToConnectionAsync(ann.ConnectionId!, new Point(3, 4), TestJson.Default.Point).WithinAsync("the second send");

        DirectMessage[] both =
        [
            await seen.Reader.ReadAsync().WithinAsync("a message"), await seen.Reader.ReadAsync().WithinAsync("another message"),
        ];
        Assert.Equal("to the user", both.Single(one => !one.IsForConnection).ReadText());
        Assert.Equal(new Point(3, 4), both.Single(one => one.IsForConnection).Read(TestJson.Default.Point));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Command_ThatIsRefused_ThrowsWithTheServersCode(TransportKind transport)
    {
        await using SwitchboardClient ann = await ConnectAsync("ann", transport);

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(
            () => ann.Room("not joined").PublishAsync("x").WithinAsync("the refusal"));

        Assert.Equal(ErrorCodes.NotJoined, error.Code);
    }

    private async Task<SwitchboardClient> ConnectAsync(string user, TransportKind transport)
    {
        SwitchboardClient client = new(new SwitchboardClientOptions { Url = server.Address, User = user, Transports = [transport] });
        await client.ConnectAsync().WithinAsync("the connection");
        return client;
    }
}
