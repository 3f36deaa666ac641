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

    [Fact]
    public async Task LeaveThenJoin_WhileOffline_LeavesAndJoinsAnew()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Room room = rig.Client.Room("r");
        link.End(1006);
        await rig.StateAsync(ConnectionState.Reconnecting);

        Task leaving = room.LeaveAsync();
        Task<Joined> joining = room.JoinAsync(new JoinOptions { Presence = true });
        FakeLink next = await rig.NextLinkAsync();
        await next.WelcomeAsync(resumed: true, rooms: StillIn);

        JsonElement leave = await next.ExpectAsync("leave");
        next.Give($$"""{'type':'left','id':{{leave.GetProperty("id").GetInt64()}},'room':'r'}""");
        Assert.True((await next.JoinedAsync("r")).GetProperty("presence").GetBoolean());
        await leaving.WithinAsync("the leave");
        await joining.WithinAsync("the join");
    }

    [Fact]
    public async Task LeaveThenJoin_BeforeTheFirstJoinIsAnswered_LeavesAndJoinsAnew()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.ConnectAsync();
        Room room = rig.Client.Room("r");
        Task<Joined> first = room.JoinAsync();
        Task leaving = room.LeaveAsync();
        Task<Joined> second = room.JoinAsync();

        await link.JoinedAsync("r");
        JsonElement leave = await link.ExpectAsync("leave");
        link.Give($$"""{'type':'left','id':{{leave.GetProperty("id").GetInt64()}},'room':'r'}""");
        await link.JoinedAsync("r");

        Assert.Equal(ErrorCodes.Canceled, (await Assert.ThrowsAsync<SwitchboardException>(() => first)).Code);
        await leaving.WithinAsync("the leave");
        await second.WithinAsync("the second join");
    }

    [Fact]
    public async Task Removal_WhileTheRoomIsLeftToJoinAnew_DoesNotTakeTheJoinAway()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Room room = rig.Client.Room("r");
        Task leaving = room.LeaveAsync();
        Task<Joined> joining = room.JoinAsync();
        JsonElement leave = await link.ExpectAsync("leave");

        link.Give("{'type':'left','room':'r','reason':'removed'}");
        link.Error(leave, "not_joined");

        await link.JoinedAsync("r");
        await leaving.WithinAsync("the leave");
        await joining.WithinAsync("the join");
        link.ExpectNothing();
    }

    [Fact]
    public async Task State_ThatIsRefused_DoesNotTakeTheNextOneAlong()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Room room = rig.Client.Room("r");
        Task first = room.SetStateAsync(new Status("too large"), TestJson.Default.Status);
        JsonElement refused = await link.ExpectAsync("state");
        Task second = room.SetStateAsync(new Status("short"), TestJson.Default.Status);

        link.Error(refused, "state_too_large");

        JsonElement state = await link.ExpectAsync("state");
        Assert.Equal("short", state.GetProperty("state").GetProperty("mood").GetString());
        link.Give($$"""{'type':'ok','id':{{state.GetProperty("id").GetInt64()}}}""");
        await second.WithinAsync("the second state");
        await first.WithinAsync("the first one, which the second has replaced");
    }

    [Fact]
    public async Task State_ThatIsRefused_IsNotBroughtAlongToTheNextConnection()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync(new JoinOptions().WithState(new Status("well"), TestJson.Default.Status));
        Task setting = rig.Client.Room("r").SetStateAsync(new Status("too large"), TestJson.Default.Status);
        link.Error(await link.ExpectAsync("state"), "state_too_large");
        await Assert.ThrowsAsync<SwitchboardException>(() => setting);

        FakeLink next = await rig.BreakAsync(link, 4400);
        await next.WelcomeAsync();

        JsonElement join = await next.JoinedAsync("r");
        Assert.Equal("well", join.GetProperty("state").GetProperty("mood").GetString());
    }

    [Fact]
    public async Task Join_WithAStateThatIsNotJson_IsRefusedHere()
    {
        await using ClientRig rig = new();
        Room room = rig.Client.Room("r");

        await Assert.ThrowsAnyAsync<JsonException>(() => room.JoinAsync(new JoinOptions { State = "{"u8.ToArray() }).WithinAsync("the refusal"));
        await rig.JoinAsync();

        Assert.True(room.IsJoined);
    }

    [Fact]
    public async Task Join_CanceledBefore_IsNotSent()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.ConnectAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Client.Room("r").JoinAsync(null, new CancellationToken(canceled: true)));

        Task<Joined> joining = rig.Client.Room("s").JoinAsync();
        await link.JoinedAsync("s");
        await joining.WithinAsync("the join of another room");
        link.ExpectNothing();
    }

    [Fact]
    public async Task Join_CanceledWhileItsAnswerComes_IsDoneOrLeft()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.ConnectAsync();
        for (int i = 0; i < 100; i++)
        {
            Room room = rig.Client.Room($"r-{i}");
            using CancellationTokenSource cancel = new();
            Task<Joined> joining = room.JoinAsync(null, cancel.Token);
            await link.JoinedAsync(room.Name);
            SpinWait.SpinUntil(() => room.IsJoined, TimeSpan.FromSeconds(30));
            cancel.Cancel();

            if (await Task.WhenAny(joining) is { IsCanceled: true })
            {
                await link.ExpectAsync("leave");
            }
        }

        link.ExpectNothing();
    }

    [Fact]
    public async Task RoomThatIsGiven_WithMessagesRightBehind_ShowsThemToWhoTakesIt()
    {
        await using ClientRig rig = new();
        Channel<long> seen = Channel.CreateUnbounded<long>();
        TaskCompletionSource goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Client.RoomGiven += room =>
        {
            goesOn.Task.Wait();
            room.Message += message => seen.Writer.TryWrite(message.Position.Offset);
        };
        FakeLink link = await rig.ConnectAsync();

        link.Give("{'type':'joined','room':'r','epoch':'00000000000000cc','offset':10}");
        link.Message(11);
        link.Message(12);
        link.Give("{'type':'joined','room':'end','epoch':'00000000000000cc','offset':10}");
        await Waiting.UntilAsync(() => rig.Client.Room("end").IsJoined, "the messages");
        goesOn.SetResult();
        Assert.Equal(11, await seen.Reader.ReadAsync().WithinAsync("the first message"));
        Assert.Equal(12, await seen.Reader.ReadAsync().WithinAsync("the second message"));
    }

    [Fact]
    public async Task RoomThatIsGiven_BetweenTwoPolls_IsTold()
    {
        await using ClientRig rig = new();
        Channel<string> given = Channel.CreateUnbounded<string>();
        rig.Client.RoomGiven += room => given.Writer.TryWrite(room.Name);
        FakeLink link = await rig.ConnectAsync();

        link.GiveWelcome(0, resumed: true, rooms: StillIn, user: "{'epoch':'00000000000000aa','offset':5,'recovered':true}");

        Assert.Equal("r", await given.Reader.ReadAsync().WithinAsync("the room"));
        Assert.True(rig.Client.Room("r").IsJoined);
    }
}
