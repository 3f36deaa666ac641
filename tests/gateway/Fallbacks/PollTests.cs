using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Fallbacks;

public sealed class PollTests
{
    [Fact]
    public async Task Poll_New_IsWelcomedAtOnce()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");

        JsonElement welcome = await ann.ConnectAsync();

        Assert.Equal("ann", welcome.Text("user"));
        Assert.False(welcome.GetProperty("resumed").GetBoolean());
    }

    [Fact]
    public async Task Poll_Commands_AreAnsweredTogetherAndInOrder()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await ann.ConnectAsync();

        JsonElement[] answers = await ann.AskAsync(
            """{"type":"join","id":1,"room":"r"}""",
            """{"type":"publish","id":2,"room":"r","data":"one","echo":false}""",
            """{"type":"nonsense","id":3}""",
            """{"type":"publish","room":"r","data":"two","echo":false}""",
            """{"type":"ping","id":4}""");

        Assert.Equal(["joined", "published", "error", "pong"], answers.Select(answer => answer.Type()));
        Assert.Equal([1, 2, 3, 4], answers.Select(answer => answer.Number("id")));
        answers[2].ShouldBeError("unknown_command");
    }

    [Fact]
    public async Task Poll_WithNothingNew_WaitsForWhatComes()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        string epoch = await JoinAsync(ann, bob);

        Task<JsonElement[]> poll = WaitAsync(ann, epoch, 0);
        await host.Backplane.CalledAsync("RejoinAsync");
        Assert.False(poll.IsCompleted);
        await bob.PublishAsync("r", "\"came\"");

        JsonElement[] events = await poll;
        Assert.Equal(["welcome", "message"], events.Select(one => one.Type()));
        Assert.Equal("came", events[1].Text("data"));
    }

    [Fact]
    public async Task Poll_WaitIsOver_AnswersWithTheWelcomeAlone()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        string epoch = await JoinAsync(ann, bob);

        Task<JsonElement[]> poll = WaitAsync(ann, epoch, 0);
        await host.Backplane.CalledAsync("RejoinAsync");
        await host.AdvanceUntilAsync(poll, TimeSpan.FromSeconds(1));

        Assert.Equal("welcome", Assert.Single(await poll).Type());
    }

    [Fact]
    public async Task Poll_AnswerWasLost_IsGivenAgainFromTheOldPositions()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        string epoch = await JoinAsync(ann, bob);
        await bob.PublishAsync("r", "1");
        await bob.PublishAsync("r", "2");

        JsonElement[] lost = await WaitAsync(ann, epoch, 0);
        await bob.PublishAsync("r", "3");
        JsonElement[] again = await WaitAsync(ann, epoch, 0);
        JsonElement[] rest = await WaitAsync(ann, epoch, 2);

        Assert.Equal([1, 2], Offsets(lost));
        Assert.Equal([1, 2, 3], Offsets(again));
        Assert.Equal([3], Offsets(rest));
    }

    [Fact]
    public async Task Poll_DisplacedByAnother_AnswersAtOnce()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        string epoch = await JoinAsync(ann, bob);

        Task<JsonElement[]> first = WaitAsync(ann, epoch, 0);
        await host.Backplane.CalledAsync("RejoinAsync");
        Task<JsonElement[]> second = WaitAsync(ann, epoch, 0);
        JsonElement closed = (await first)[^1];

        Assert.Equal(("closed", 4500, "replaced"), (closed.Type(), closed.Number("code"), closed.Text("reason")));
        Assert.False(second.IsCompleted);
        await bob.PublishAsync("r", "1");
        long[] received = Offsets(await second);
        Assert.Equal([1], received);
    }

    [Fact]
    public async Task Poll_ThenWebSocket_LosesNothing()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        string epoch = await JoinAsync(ann, bob);
        Task<JsonElement[]> poll = WaitAsync(ann, epoch, 0);
        await host.Backplane.CalledAsync("RejoinAsync");
        await bob.PublishAsync("r", "1");
        long[] received = Offsets(await poll);
        Assert.Equal([1], received);
        await bob.PublishAsync("r", "2");

        await using TestClient socket = await host.ClientAsync("ann");
        JsonElement welcome = await socket.ConnectAsync(
            $$""","resume":"{{ann.Token}}","positions":{"rooms":{"r":{{TestClient.Position(epoch, 1)}} } }""");
        await bob.PublishAsync("r", "3");

        Assert.True(welcome.GetProperty("resumed").GetBoolean());
        Assert.Equal(2, (await socket.NextAsync("message")).Number("offset"));
        Assert.Equal(3, (await socket.NextAsync("message")).Number("offset"));
    }

    [Fact]
    public async Task Poll_ClientIsGone_IsDetached()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await ann.ConnectAsync();
        await host.Backplane.CalledAsync("DetachAsync");
        using CancellationTokenSource gone = new();

        Task<JsonElement[]> poll = ann.ResumeAsync(""","wait":25""", aborted: gone.Token);
        await host.Backplane.CalledAsync("ResumeAsync");
        await gone.CancelAsync();

        await host.Backplane.CalledAsync("DetachAsync");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
    }

    [Fact]
    public async Task Poll_WithClose_EndsTheConnection()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await ann.ConnectAsync();

        JsonElement[] last = await ann.ResumeAsync(""","close":true,"wait":25,"commands":[{"type":"ping","id":1}]""");
        JsonElement[] after = await ann.ResumeAsync();

        Assert.Equal(["welcome", "pong"], last.Select(one => one.Type()));
        Assert.Single(after).ShouldBeError("resume_expired");
    }

    [Fact]
    public async Task Poll_OfAnUnknownConnection_IsRefusedWithItsCommands()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");

        JsonElement[] events = await ann.PollAsync(
            """{"resume":"nonsense","wait":25,"commands":[{"type":"join","id":1,"room":"r"}]}""");

        events[0].ShouldBeError("resume_expired");
        events[1].ShouldBeError("not_connected");
    }

    [Fact]
    public async Task Poll_MoreThanFits_GoesOnWithTheNext()
    {
        await using GatewayHost host = await StartAsync(options => options.Fallbacks.MaxResponseBytes = 2048);
        using PollClient ann = new(host, "ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        string epoch = await JoinAsync(ann, bob);
        string padding = new('x', 300);
        for (int i = 0; i < 30; i++)
        {
            await bob.PublishAsync("r", $"\"{padding}\"");
        }

        JsonElement[] full = await ann.ResumeAsync(
            ""","commands":[{"type":"ping","id":1}]""", $$"""{"r":{{TestClient.Position(epoch, 0)}} }""");
        JsonElement told = full.Single(one => one.Type() == "error");
        told.ShouldBeError("unavailable");
        Assert.True(told.GetProperty("retry").GetBoolean());

        List<long> received = [];
        while (received.Count < 30)
        {
            received.AddRange(Offsets(await WaitAsync(ann, epoch, received.Count == 0 ? 0 : received[^1])));
        }

        Assert.Equal(Enumerable.Range(1, 30).Select(i => (long)i), received);
    }

    [Fact]
    public async Task Poll_PresenceChangedBetweenTwo_IsToldAtOnce()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        await ann.ConnectAsync();
        JsonElement joined = (await ann.AskAsync("""{"type":"join","id":1,"room":"r","presence":true}"""))[0];
        long version = joined.GetProperty("presence").Number("version");
        await bob.JoinAsync("r");

        JsonElement[] events = await ann.ResumeAsync(
            $$""","wait":25,"presence":{"r":{{version}} }""", $$"""{"r":{{TestClient.Position(joined.Text("epoch"), 0)}} }""");

        Assert.Equal(2, events[0].GetProperty("rooms").GetProperty("r").GetProperty("presence").Number("count"));
    }

    [Fact]
    public async Task Poll_RoomThatWasLeft_IsToldAtOnce()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await ann.ConnectAsync();
        string epoch = (await ann.AskAsync("""{"type":"join","id":1,"room":"r"}"""))[0].Text("epoch");
        await ann.AskAsync("""{"type":"leave","id":2,"room":"r"}""");

        JsonElement[] events = await WaitAsync(ann, epoch, 0);

        Assert.False(Assert.Single(events).GetProperty("rooms").TryGetProperty("r", out _));
    }

    [Fact]
    public async Task Poll_BinaryPayloads_TravelAsBase64()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        string epoch = await JoinAsync(ann, bob);
        byte[] payload = [0, 1, 2, 255];

        await ann.AskAsync("""{"type":"publish","room":"r","base64":"AAEC\/w==","echo":false}""");
        (_, byte[] received) = await bob.ReceiveAsync();
        byte[] header = """{"type":"publish","id":1,"room":"r"}"""u8.ToArray();
        await bob.SendBinaryAsync([0, (byte)header.Length, .. header, .. payload]);
        await bob.NextAsync("published");
        JsonElement[] events = await WaitAsync(ann, epoch, 0);

        Assert.Equal(payload, received[^4..]);
        Assert.Equal(payload, events.Last(one => one.Type() == "message").GetProperty("base64").GetBytesFromBase64());
    }

    [Fact]
    public async Task Poll_BackplaneFails_IsClosedAndLogged()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await ann.ConnectAsync();
        host.Backplane.Failing = "JoinAsync";

        JsonElement[] events = await ann.ResumeAsync(""","commands":[{"type":"join","id":1,"room":"r"}]""");

        Assert.Equal(1011, events[^1].Number("code"));
        Assert.Contains("the backplane has failed", host.TakeError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_EdgeStops_IsClosedWithGoingAway()
    {
        await using GatewayHost host = await StartAsync();
        using PollClient ann = new(host, "ann");
        await ann.ConnectAsync();
        Task<JsonElement[]> poll = ann.ResumeAsync(""","wait":25""");
        await host.Backplane.CalledAsync("ResumeAsync");

        Task stopping = host.StopAsync();

        Assert.Equal(1001, (await poll)[^1].Number("code"));
        await stopping;
    }

    private static Task<GatewayHost> StartAsync(Action<GatewayOptions>? configure = null) =>
        GatewayHost.StartAsync(options =>
        {
            options.Fallbacks.Linger = TimeSpan.Zero;
            configure?.Invoke(options);
        });

    private static async Task<string> JoinAsync(PollClient ann, TestClient bob)
    {
        await ann.ConnectAsync();
        JsonElement joined = Assert.Single(await ann.AskAsync("""{"type":"join","id":1,"room":"r"}"""));
        await bob.JoinAsync("r");
        return joined.Text("epoch");
    }

    private static Task<JsonElement[]> WaitAsync(PollClient ann, string epoch, long offset) =>
        ann.ResumeAsync(""","wait":25""", $$"""{"r":{{TestClient.Position(epoch, offset)}} }""");

    private static long[] Offsets(JsonElement[] events) =>
        [.. events.Where(one => one.Type() == "message").Select(one => one.Number("offset"))];
}
