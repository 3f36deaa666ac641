using System.Text.Json;
using System.Threading.Channels;
using Switchboard.Client.Session;
using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Session;

public sealed class ResumeTests
{
    [Fact]
    public async Task BrokenLink_IsResumed_WithTokenAndPositions()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        link.Message(11);
        await Waiting.UntilAsync(() => rig.Client.Room("r").Position.Offset == 11, "the message");

        FakeLink next = await rig.BreakAsync(link);

        JsonElement connect = await next.WelcomeAsync(resumed: true, rooms: "'r':{'epoch':'00000000000000cc','offset':11,'recovered':true}");
        Assert.Equal("t-1", connect.GetProperty("resume").GetString());
        JsonElement positions = connect.GetProperty("positions");
        Assert.Equal(5, positions.GetProperty("user").GetProperty("offset").GetInt64());
        Assert.Equal(0, positions.GetProperty("connection").GetProperty("offset").GetInt64());
        Assert.Equal("00000000000000cc", positions.GetProperty("rooms").GetProperty("r").GetProperty("epoch").GetString());
        Assert.Equal(11, positions.GetProperty("rooms").GetProperty("r").GetProperty("offset").GetInt64());
        await rig.StateAsync(ConnectionState.Connected);
        await Waiting.UntilAsync(() => rig.Client.Room("r").IsJoined, "the room");
        next.ExpectNothing();
    }

    [Fact]
    public async Task Resumes_AreNumbered_SoThatALateOneDoesNotWin()
    {
        await using ClientRig rig = new();
        FakeLink first = await rig.BreakAsync(await rig.ConnectAsync());
        JsonElement earlier = await first.WelcomeAsync(resumed: true);
        await rig.StateAsync(ConnectionState.Connected);
        FakeLink second = await rig.BreakAsync(first);
        JsonElement later = await second.WelcomeAsync(resumed: true);

        Assert.InRange(earlier.GetProperty("turn").GetInt64(), 1, later.GetProperty("turn").GetInt64() - 1);
    }

    [Fact]
    public async Task FailedResume_BeginsAnewOnTheSameSocket_AndJoinsFromTheLastPosition()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Channel<Loss> losses = Channel.CreateUnbounded<Loss>();
        rig.Client.Room("r").Lost += loss => losses.Writer.TryWrite(loss);
        FakeLink next = await rig.BreakAsync(link);

        next.Error(await next.ExpectAsync("connect"), "resume_expired");
        JsonElement connect = await next.WelcomeAsync();
        JsonElement join = await next.JoinedAsync("r", ",'recovered':false,'reason':'trimmed'");

        Assert.False(connect.TryGetProperty("resume", out _));
        Assert.Equal(10, join.GetProperty("position").GetProperty("offset").GetInt64());
        Loss loss = await losses.Reader.ReadAsync().WithinAsync("the loss");
        Assert.Equal(LossReasons.Trimmed, loss.Reason);
        Assert.Equal(10, loss.From.Offset);
    }

    [Fact]
    public async Task FailedResume_ReadsWhatTheUserMissed_BeforeWhatComesLive()
    {
        await using ClientRig rig = new();
        Channel<string> seen = Channel.CreateUnbounded<string>();
        rig.Client.Message += message => seen.Writer.TryWrite(message.ReadText());
        FakeLink link = await rig.ConnectAsync();
        FakeLink next = await rig.BreakAsync(link, 4400);

        await next.WelcomeAsync(user: "{'epoch':'00000000000000aa','offset':7}");
        next.Give("{'type':'message','feed':'user','offset':8,'time':1,'data':'live'}");
        JsonElement history = await next.ExpectAsync("history");
        next.Give($$"""{'type':'history','id':{{history.GetProperty("id").GetInt64()}},'feed':'user','epoch':'00000000000000aa','offset':8,'messages':[{'offset':6,'time':1,'data':'six'},{'offset':7,'time':1,'data':'seven'},{'offset':8,'time':1,'data':'live'}],'more':false}""");

        Assert.Equal("user", history.GetProperty("feed").GetString());
        Assert.Equal(5, history.GetProperty("after").GetProperty("offset").GetInt64());
        Assert.Equal("six", await seen.Reader.ReadAsync().WithinAsync("six"));
        Assert.Equal("seven", await seen.Reader.ReadAsync().WithinAsync("seven"));
        Assert.Equal("live", await seen.Reader.ReadAsync().WithinAsync("live"));
        next.Give("{'type':'message','feed':'user','offset':9,'time':1,'data':'end'}");
        Assert.Equal("end", await seen.Reader.ReadAsync().WithinAsync("the end"));
    }

    [Fact]
    public async Task FailedResume_WithoutHistory_TellsTheLoss()
    {
        await using ClientRig rig = new();
        Channel<DirectLoss> seen = Channel.CreateUnbounded<DirectLoss>();
        rig.Client.Lost += loss => seen.Writer.TryWrite(loss);
        FakeLink link = await rig.ConnectAsync();
        FakeLink next = await rig.BreakAsync(link, 4400);

        await next.WelcomeAsync(user: "{'epoch':'00000000000000ff','offset':7}");
        next.Error(await next.ExpectAsync("history"), "position_unknown");

        DirectLoss loss = await seen.Reader.ReadAsync().WithinAsync("the loss");
        Assert.False(loss.IsForConnection);
        Assert.Equal(LossReasons.NotResumed, loss.Loss.Reason);
        Assert.Equal(7, loss.Loss.To.Offset);
    }

    [Fact]
    public async Task Duplicates_AreDropped_AndLossesAreTold()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Channel<string> seen = Channel.CreateUnbounded<string>();
        rig.Client.Room("r").Message += message => seen.Writer.TryWrite(message.ReadText());
        rig.Client.Room("r").Lost += loss => seen.Writer.TryWrite($"lost {loss.From.Offset} to {loss.To.Offset}");

        link.Message(11);
        link.Message(11);
        link.Message(13);
        link.Give("{'type':'lost','room':'r','epoch':'00000000000000cc','offset':20}");
        link.Message(20);
        link.Message(21);

        string[] all = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => seen.Reader.ReadAsync().WithinAsync("what was seen")))];
        Assert.Equal(["1", "1", "lost 13 to 20", "1"], all);
        Assert.Equal(21, rig.Client.Room("r").Position.Offset);
    }

    [Theory]
    [InlineData(4504, ErrorCodes.Closed)]
    [InlineData(4503, ErrorCodes.Unauthorized)]
    public async Task FatalCloseCode_EndsTheClient(int code, string expected)
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Task<Position> publishing = rig.Client.Room("r").PublishAsync("x").AsTask();
        await link.ExpectAsync("publish");

        link.End(code, "that's it");

        StateChange closed = await rig.StateAsync(ConnectionState.Closed);
        Assert.Equal(code, closed.CloseCode);
        Assert.Equal("that's it", closed.Reason);
        Assert.False(closed.WillRetry);
        Assert.Equal(expected, (await Assert.ThrowsAsync<SwitchboardException>(() => publishing)).Code);
        Assert.Equal(expected, (await Assert.ThrowsAsync<SwitchboardException>(() => rig.Client.Room("r").PublishAsync("y").AsTask())).Code);
        Assert.Equal(1, rig.Transport.Attempts);
    }

    [Fact]
    public async Task RefusedToken_IsRenewed_ForTheNextAttempt()
    {
        int asked = 0;
        await using ClientRig rig = new(options => options with { TokenProvider = _ => ValueTask.FromResult($"token-{++asked}") });
        FakeLink link = await rig.ConnectAsync();
        Assert.Equal("token-1", rig.Transport.Token);

        FakeLink next = await rig.BreakAsync(link, 4503);

        await next.WelcomeAsync(resumed: true);
        Assert.Equal("token-2", rig.Transport.Token);
        next.Give("{'type':'expiring','in':60}");
        Assert.Equal("token-3", (await next.ExpectAsync("refresh")).GetProperty("token").GetString());
    }

    [Fact]
    public async Task FirstConnect_ThatIsRefusedForGood_Throws()
    {
        await using ClientRig rig = new();
        rig.Transport.Refusals.Enqueue(new LinkEnd(LinkEnd.Abnormal, "refused with 403") { Status = 403 });

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => rig.Client.ConnectAsync());

        Assert.Equal(ErrorCodes.Unreachable, error.Code);
        Assert.Equal(ConnectionState.Closed, rig.Client.State);
    }

    [Fact]
    public async Task Resume_RefusedAsTooFast_WaitsAsLongAsTheServerSays()
    {
        await using ClientRig rig = new();
        FakeLink next = await rig.BreakAsync(await rig.ConnectAsync());

        next.Error(await next.ExpectAsync("connect"), "too_fast", ",'retry':true,'retryAfter':7000");
        await Waiting.UntilAsync(() => next.IsAborted, "the end of the attempt");

        await Waiting.UntilAsync(
            () => rig.Changes[^1].RetryAfter >= TimeSpan.FromSeconds(7),
            "the pause that the server has asked for");
    }

    [Fact]
    public async Task EventThatMakesNoSense_BreaksTheLink_NotTheClient()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.ConnectAsync();

        link.Give("{'type':'message','feed':'user','offset':9,'time':999999999999999999,'data':1}");

        await (await rig.NextLinkAsync()).WelcomeAsync(resumed: true);
    }

    [Fact]
    public async Task LinkThatFailsToSendInAnUnknownWay_IsNotWaitedForInVain()
    {
        await using ClientRig rig = new();
        rig.Transport.Answer = (_, _) => throw new FormatException("on purpose");

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => rig.Client.ConnectAsync().WithinAsync("the failure"));

        Assert.Contains("on purpose", error.Message, StringComparison.Ordinal);
    }
}
