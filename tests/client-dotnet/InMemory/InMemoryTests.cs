using System.Threading.Channels;
using Switchboard.Client.InMemory;
using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.InMemory;

public sealed class InMemoryTests
{
    private readonly InMemorySwitchboard _server = new();

    [Fact]
    public async Task TwoClients_SeeEachOther_WithoutAServer()
    {
        await using SwitchboardClient ann = await ConnectAsync("ann");
        await using SwitchboardClient bob = await ConnectAsync("bob");
        Channel<RoomMessage> seen = Listen(ann.Room("lobby"));
        await ann.Room("lobby").JoinAsync(new JoinOptions { Presence = true });
        await bob.Room("lobby").JoinAsync(new JoinOptions().WithState(new Status("well"), TestJson.Default.Status));

        Position position = await bob.Room("lobby").PublishAsync(new Point(1, 2), TestJson.Default.Point);
        await bob.Room("lobby").PublishBytesAsync([1, 2, 3]);

        RoomMessage message = await seen.Reader.ReadAsync().WithinAsync("the point");
        Assert.Equal(new Point(1, 2), message.Read(TestJson.Default.Point));
        Assert.Equal(position, message.Position);
        Assert.Equal([1, 2, 3], (await seen.Reader.ReadAsync().WithinAsync("the bytes")).Data.ToArray());
        await Waiting.UntilAsync(() => ann.Room("lobby").Members.Count == 2, "bob's presence");
        HistoryPage<RoomMessage> history = await ann.Room("lobby").HistoryAsync(new HistoryOptions { Limit = 1 });
        Assert.True(history.HasMore);
        await bob.DisposeAsync();
        await Waiting.UntilAsync(() => ann.Room("lobby").Members.Count == 1, "bob's leave");
    }

    [Fact]
    public async Task DroppedConnections_ComeBack_AndMissNothing()
    {
        await using SwitchboardClient ann = await ConnectAsync("ann");
        await using SwitchboardClient bob = await ConnectAsync("bob");
        Channel<RoomMessage> seen = Listen(ann.Room("lobby"));
        await ann.Room("lobby").JoinAsync();
        await bob.Room("lobby").JoinAsync();

        for (int i = 0; i < 20; i++)
        {
            ValueTask<Position> publishing = bob.Room("lobby").PublishAsync($"{i}");
            if (i % 5 == 0)
            {
                _server.DropAll();
            }

            await publishing.WithinAsync("the answer");
        }

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal($"{i}", (await seen.Reader.ReadAsync().WithinAsync($"message {i}")).ReadText());
        }
    }

    [Fact]
    public async Task ExpiredConnections_JoinAnew_AndRecoverFromHistory()
    {
        await using SwitchboardClient ann = await ConnectAsync("ann");
        await using SwitchboardClient bob = await ConnectAsync("bob");
        Channel<RoomMessage> seen = Listen(ann.Room("lobby"));
        Channel<DirectMessage> direct = Channel.CreateUnbounded<DirectMessage>();
        ann.Message += message => direct.Writer.TryWrite(message);
        await ann.Room("lobby").JoinAsync();
        await bob.Room("lobby").JoinAsync();
        await bob.SendToUserAsync("ann", "one").WithinAsync("the send");
        string? id = ann.ConnectionId;

        _server.ExpireAll();
        await bob.Room("lobby").PublishAsync("after").WithinAsync("the answer");
        await bob.SendToUserAsync("ann", "two").WithinAsync("the send");

        Assert.Equal("after", (await seen.Reader.ReadAsync().WithinAsync("the message")).ReadText());
        Assert.Equal("one", (await direct.Reader.ReadAsync().WithinAsync("one")).ReadText());
        Assert.Equal("two", (await direct.Reader.ReadAsync().WithinAsync("two")).ReadText());
        Assert.NotEqual(id, ann.ConnectionId);
    }

    [Fact]
    public async Task TrimmedRoom_TellsTheLoss()
    {
        await using SwitchboardClient ann = await ConnectAsync("ann");
        Room room = ann.Room("lobby");
        Channel<Loss> losses = Channel.CreateUnbounded<Loss>();
        room.Lost += loss => losses.Writer.TryWrite(loss);
        await room.JoinAsync();
        await room.PublishAsync("one");
        await room.LeaveAsync();
        await using SwitchboardClient bob = await ConnectAsync("bob");
        await bob.Room("lobby").JoinAsync();
        await bob.Room("lobby").PublishAsync("two");
        _server.Trim("lobby");

        Joined joined = await room.JoinAsync(new JoinOptions { From = room.Position });

        Assert.False(joined.IsRecovered);
        Assert.Equal(LossReasons.Trimmed, (await losses.Reader.ReadAsync().WithinAsync("the loss")).Reason);
    }

    [Fact]
    public async Task KickedUser_IsClosed_AndRemovedOneLeaves()
    {
        await using SwitchboardClient ann = await ConnectAsync("ann");
        Channel<string?> left = Channel.CreateUnbounded<string?>();
        ann.Room("lobby").Left += reason => left.Writer.TryWrite(reason);
        await ann.Room("lobby").JoinAsync();

        _server.Remove("ann", "lobby");
        Assert.Equal("removed", await left.Reader.ReadAsync().WithinAsync("the removal"));
        _server.Disconnect("ann", 4504);

        await Waiting.UntilAsync(() => ann.State == ConnectionState.Closed, "the end");
    }

    private static Channel<RoomMessage> Listen(Room room)
    {
        Channel<RoomMessage> seen = Channel.CreateUnbounded<RoomMessage>();
        room.Message += message => seen.Writer.TryWrite(message);
        return seen;
    }

    private async Task<SwitchboardClient> ConnectAsync(string user)
    {
        SwitchboardClient client = _server.CreateClient(user);
        await client.ConnectAsync().WithinAsync("the welcome");
        return client;
    }
}
