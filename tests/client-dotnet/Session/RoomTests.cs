using System.Text.Json;
using System.Threading.Channels;
using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Session;

/// <summary>How a room is wanted is what it comes to, whatever breaks in between.</summary>
public sealed class RoomTests
{
    private const string StillIn = "'r':{'epoch':'00000000000000cc','offset':10,'recovered':true}";

    [Fact]
    public async Task Join_AskedForBeforeConnecting_IsSentFirst()
    {
        await using ClientRig rig = new();
        Room room = rig.Client.Room("r");
        Task<Position> publishing = room.PublishAsync("x").AsTask();
        Task<Joined> joining = room.JoinAsync(new JoinOptions { Presence = true }.WithState(new Status("here"), TestJson.Default.Status));

        FakeLink link = await rig.ConnectAsync();

        JsonElement join = await link.JoinedAsync("r");
        Assert.True(join.GetProperty("presence").GetBoolean());
        Assert.Equal("here", join.GetProperty("state").GetProperty("mood").GetString());
        Assert.Equal(10, (await joining.WithinAsync("the join")).Position.Offset);
        link.Published(await link.ExpectAsync("publish"), 11);
        Assert.Equal(11, (await publishing).Offset);
    }

    [Fact]
    public async Task Leave_AndState_WhileOffline_AreDoneAfterResuming()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Task<Joined> second = rig.Client.Room("s").JoinAsync();
        await link.JoinedAsync("s");
        await second;
        link.End(1006);
        await rig.StateAsync(ConnectionState.Reconnecting);

        Task leaving = rig.Client.Room("s").LeaveAsync();
        Task setting = rig.Client.Room("r").SetStateAsync(new Status("away"), TestJson.Default.Status);
        FakeLink next = await rig.NextLinkAsync();
        await next.WelcomeAsync(resumed: true, rooms: StillIn + "," + StillIn.Replace("'r'", "'s'", StringComparison.Ordinal));

        JsonElement state = await next.ExpectAsync("state");
        Assert.Equal("away", state.GetProperty("state").GetProperty("mood").GetString());
        next.Give($$"""{'type':'ok','id':{{state.GetProperty("id").GetInt64()}}}""");
        JsonElement leave = await next.ExpectAsync("leave");
        next.Give($$"""{'type':'left','id':{{leave.GetProperty("id").GetInt64()}},'room':'s'}""");
        await setting.WithinAsync("the state");
        await leaving.WithinAsync("the leave");
    }

    [Fact]
    public async Task Join_InFlightWhenTheLinkBroke_IsFoundToBeDone_OrDoneAgain()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.ConnectAsync();
        Task<Joined> done = rig.Client.Room("r").JoinAsync();
        Task<Joined> again = rig.Client.Room("s").JoinAsync();
        await link.ExpectAsync("join");
        await link.ExpectAsync("join");

        FakeLink next = await rig.BreakAsync(link);
        await next.WelcomeAsync(resumed: true, rooms: "'r':{'epoch':'00000000000000cc','offset':10}");

        await next.JoinedAsync("s");
        await done.WithinAsync("the join that was done");
        await again.WithinAsync("the join that was done again");
        next.ExpectNothing();
    }

    [Fact]
    public async Task RoomThatTheServerTookAway_WhileOffline_IsLeft()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Channel<string?> left = Channel.CreateUnbounded<string?>();
        rig.Client.Room("r").Left += reason => left.Writer.TryWrite(reason);

        FakeLink next = await rig.BreakAsync(link);
        await next.WelcomeAsync(resumed: true);

        Assert.Equal("removed", await left.Reader.ReadAsync().WithinAsync("the end of the membership"));
        Assert.False(rig.Client.Room("r").IsJoined);
        next.ExpectNothing();
    }

    [Fact]
    public async Task Join_ThatIsRefused_Throws_AndMayBeAskedAgain()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.ConnectAsync();
        Task<Joined> joining = rig.Client.Room("r").JoinAsync();
        link.Error(await link.ExpectAsync("join"), "room_full");

        Assert.Equal(ErrorCodes.RoomFull, (await Assert.ThrowsAsync<SwitchboardException>(() => joining)).Code);
        joining = rig.Client.Room("r").JoinAsync();
        await link.JoinedAsync("r");
        await joining.WithinAsync("the second join");
    }

    [Fact]
    public async Task Join_Twice_IsRefusedHere()
    {
        await using ClientRig rig = new();
        await rig.JoinAsync();

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => rig.Client.Room("r").JoinAsync());

        Assert.Equal(ErrorCodes.AlreadyJoined, error.Code);
    }

    [Fact]
    public async Task RoomToken_IsAskedForEachJoin_AndWhenItExpires()
    {
        int asked = 0;
        await using ClientRig rig = new();
        FakeLink link = await rig.ConnectAsync();
        Task<Joined> joining = rig.Client.Room("r").JoinAsync(new JoinOptions { Token = _ => ValueTask.FromResult($"room-{++asked}") });
        Assert.Equal("room-1", (await link.JoinedAsync("r")).GetProperty("token").GetString());
        await joining.WithinAsync("the join");

        link.Give("{'type':'expiring','room':'r','in':30}");

        JsonElement refresh = await link.ExpectAsync("refresh");
        Assert.Equal("room-2", refresh.GetProperty("token").GetString());
        Assert.Equal("r", refresh.GetProperty("room").GetString());
    }

    [Fact]
    public async Task Presence_IsKept_AndAskedAnewWhereSomethingIsMissing()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.ConnectAsync();
        Room room = rig.Client.Room("r");
        Channel<PresenceChange> changes = Channel.CreateUnbounded<PresenceChange>();
        room.PresenceChanged += change => changes.Writer.TryWrite(change);
        Task<Joined> joining = room.JoinAsync(new JoinOptions { Presence = true });
        await link.JoinedAsync("r", ",'presence':{'mode':'full','version':3,'count':1,'members':[{'user':'ann','connection':'c-1'}]}");
        await joining.WithinAsync("the join");
        await changes.Reader.ReadAsync().WithinAsync("the snapshot");

        link.Give("{'type':'presence_change','room':'r','after':3,'version':4,'count':2,'joined':[{'user':'bob','connection':'c-2','state':{'mood':'well'}}]}");
        Member bob = Assert.Single((await changes.Reader.ReadAsync().WithinAsync("bob")).Joined);
        link.Give("{'type':'presence_change','room':'r','after':9,'version':10,'count':1,'left':['c-2']}");
        JsonElement asked = await link.ExpectAsync("presence");
        link.Give($$"""{'type':'presence','id':{{asked.GetProperty("id").GetInt64()}},'room':'r','mode':'full','version':10,'count':1,'members':[{'user':'ann','connection':'c-1'}]}""");

        Assert.Equal("well", bob.ReadState(TestJson.Default.Status)?.Mood);
        Assert.Equal("bob", Assert.Single((await changes.Reader.ReadAsync().WithinAsync("bob's leave")).Left).User);
        Assert.Equal(1, room.Members.Count);
    }
}
