using System.Globalization;
using System.Text.Json;
using Switchboard.ClientContract.Harness;
using Switchboard.ClientContract.Transports;

namespace Switchboard.ClientContract;

/// <summary>
/// What a client sees, over every transport: the rows of the table, of which <see cref="ClientTransports"/> are the
/// columns.
/// </summary>
/// <typeparam name="THarness">Says which of the columns there are.</typeparam>
/// <param name="harness">The edges under test.</param>
public abstract class ClientContract<THarness>(THarness harness)
    where THarness : ClientHarness, IOffersTransports
{
    public static TheoryData<string, string> Moves => ClientTransports.MovesAmong(THarness.Offered);

    public static TheoryData<string> Transports => ClientTransports.NamesOf(THarness.Offered);

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Connect_New_IsWelcomed(string transport)
    {
        await using ContractClient ann = await ConnectAsync(transport, "ann");

        Assert.Equal("welcome", ann.Answer.Type());
        Assert.Equal(ann.User, ann.Answer.Text("user"));
        Assert.False(ann.Answer.GetProperty("resumed").GetBoolean());
        Assert.StartsWith(ann.Id, ann.Token, StringComparison.Ordinal);
        Assert.True(ann.Answer.GetProperty("limits").Has("message"));
        Assert.Equal("pong", (await ann.AskAsync("""{"type":"ping"}""")).Type());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Join_WithPresence_ShowsWhoIsThereAndWhoComes(string transport)
    {
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await using ContractClient bob = await ConnectAsync(transport, "bob", first: 1);

        JsonElement joined = await ann.JoinAsync(room, ""","presence":true,"state":{"at":"door"} """);
        JsonElement second = await bob.JoinAsync(room, ""","presence":true""");

        Assert.Equal(1, joined.GetProperty("presence").Number("count"));
        Assert.Equal(2, second.GetProperty("presence").Number("count"));
        JsonElement shown = second.GetProperty("presence").GetProperty("members").EnumerateArray()
            .Single(member => member.Text("connection") == ann.Id);
        Assert.Equal("door", shown.GetProperty("state").Text("at"));
        await ann.PresenceAsync(room, presence => presence.Number("count") == 2, "bob's coming");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task State_Replaced_IsToldToTheOthers(string transport)
    {
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await using ContractClient bob = await ConnectAsync(transport, "bob", first: 1);
        await ann.JoinAsync(room, ""","presence":true""");
        await bob.JoinAsync(room);

        JsonElement done = await bob.AskAsync($$"""{"type":"state","room":"{{room}}","state":{"mood":"good"} }""");

        Assert.Equal("ok", done.Type());
        await ann.PresenceAsync(room, presence => Shows(presence, bob.Id, "good"), "bob's mood");
        JsonElement asked = await bob.AskAsync($$"""{"type":"presence","room":"{{room}}"}""");
        Assert.True(Shows(asked, bob.Id, "good"));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Publish_ByTwoClients_ReachesBothInOneOrder(string transport)
    {
        const int Each = 25;
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await using ContractClient bob = await ConnectAsync(transport, "bob", first: 1);
        await ann.JoinAsync(room);
        await bob.JoinAsync(room);

        List<int> annSent = [];
        List<int> bobSent = [];
        for (int i = 0; i < Each; i++)
        {
            annSent.Add(await ann.SendAsync($$"""{"type":"publish","room":"{{room}}","data":"a{{i}}"}"""));
            bobSent.Add(await bob.SendAsync($$"""{"type":"publish","room":"{{room}}","data":"b{{i}}"}"""));
        }

        HashSet<long> offsets = [];
        for (int i = 0; i < Each; i++)
        {
            Assert.True(offsets.Add((await ann.AnswerAsync(annSent[i])).Number("offset")));
            Assert.True(offsets.Add((await bob.AnswerAsync(bobSent[i])).Number("offset")));
        }

        string[] toAnn = await ann.MessagesAsync(2 * Each);
        Assert.Equal(toAnn, await bob.MessagesAsync(2 * Each));
        Assert.Equal(Enumerable.Range(0, Each).Select(i => $"\"a{i}\""), toAnn.Where(data => data[1] == 'a'));
        Assert.Equal(Enumerable.Range(1, 2 * Each).Select(i => (long)i), offsets.Order());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Publish_WithoutEcho_ReachesTheOthersOnly(string transport)
    {
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await using ContractClient bob = await ConnectAsync(transport, "bob", first: 1);
        await ann.JoinAsync(room);
        await bob.JoinAsync(room);

        await ann.PublishAsync(room, "1", ""","echo":false""");
        await ann.PublishAsync(room, "2");

        Assert.Equal(["2"], await ann.MessagesAsync(1));
        Assert.Equal(["1", "2"], await bob.MessagesAsync(2));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Publish_AgainWithItsKey_IsPublishedOnce(string transport)
    {
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await ann.JoinAsync(room);

        JsonElement first = await ann.PublishAsync(room, "1", ""","key":"k" """);
        JsonElement again = await ann.PublishAsync(room, "1", ""","key":"k" """);
        await ann.PublishAsync(room, "2");

        Assert.False(first.Has("duplicate"));
        Assert.True(again.GetProperty("duplicate").GetBoolean());
        Assert.Equal(first.Number("offset"), again.Number("offset"));
        Assert.Equal(["1", "2"], await ann.MessagesAsync(2));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Publish_Latest_CarriesItsSlotAndVolatileNoOffset(string transport)
    {
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await ann.JoinAsync(room);

        JsonElement fleeting = await ann.PublishAsync(room, "0", ""","class":"volatile" """);
        if (ClientTransports.Get(transport).IsStreaming)
        {
            Assert.False((await ann.MessageAsync()).Has("offset"));
        }

        await ann.PublishAsync(room, "1", ""","class":"latest","slot":"s" """);
        JsonElement latest = await ann.NextAsync(what => what.Type() == "message" && what.Has("offset"), "the latest");

        Assert.False(fleeting.Has("offset"));
        Assert.Equal(("latest", "s"), (latest.Text("class"), latest.Text("slot")));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Send_ToAUserAndToAConnection_ArrivesInTheirFeeds(string transport)
    {
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await using ContractClient bob = await ConnectAsync(transport, "bob", first: 1);

        JsonElement toUser = await bob.AskAsync($$"""{"type":"send","user":"{{ann.User}}","data":1}""");
        JsonElement toConnection = await bob.AskAsync($$"""{"type":"send","connection":"{{ann.Id}}","data":2}""");

        Assert.Equal(["sent", "sent"], [toUser.Type(), toConnection.Type()]);
        JsonElement[] received = [await ann.MessageAsync(), await ann.MessageAsync()];
        Assert.Equal(["connection", "user"], received.Select(message => message.Text("feed")).Order());
        Assert.All(received, message => Assert.Equal(bob.Id, message.GetProperty("from").Text("connection")));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task History_OfARoom_IsReadInPages(string transport)
    {
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await ann.JoinAsync(room);
        for (int i = 1; i <= 5; i++)
        {
            await ann.PublishAsync(room, $"{i}");
        }

        JsonElement page = await ann.AskAsync($$"""{"type":"history","room":"{{room}}","order":"newest","limit":3}""");

        Assert.Equal([5, 4, 3], page.GetProperty("messages").EnumerateArray().Select(message => message.Number("offset")));
        Assert.True(page.GetProperty("more").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Leave_ARoom_EndsItsMessagesAndMembership(string transport)
    {
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await using ContractClient bob = await ConnectAsync(transport, "bob", first: 1);
        await ann.JoinAsync(room);
        await bob.JoinAsync(room, ""","presence":true""");

        JsonElement left = await ann.AskAsync($$"""{"type":"leave","room":"{{room}}"}""");

        Assert.Equal("left", left.Type());
        ShouldBeError(await ann.PublishAsync(room, "1"), "not_joined");
        ShouldBeError(await ann.AskAsync($$"""{"type":"leave","room":"{{room}}"}"""), "not_joined");
        await bob.PresenceAsync(room, presence => presence.Number("count") == 1, "ann's leaving");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Commands_SentBehindEachOther_TakeEffectInOrder(string transport)
    {
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");

        int join = await ann.SendAsync($$"""{"type":"join","room":"{{room}}"}""");
        int first = await ann.SendAsync($$"""{"type":"publish","room":"{{room}}","data":1}""");
        int second = await ann.SendAsync($$"""{"type":"publish","room":"{{room}}","data":2}""");

        Assert.Equal("joined", (await ann.AnswerAsync(join)).Type());
        Assert.Equal(1, (await ann.AnswerAsync(first)).Number("offset"));
        Assert.Equal(2, (await ann.AnswerAsync(second)).Number("offset"));
        Assert.Equal(["1", "2"], await ann.MessagesAsync(2));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Command_ThatIsWrong_IsToldWithItsCode(string transport)
    {
        await using ContractClient ann = await ConnectAsync(transport, "ann");

        ShouldBeError(await ann.AskAsync("""{"type":"dance"}"""), "unknown_command");
        ShouldBeError(await ann.AskAsync("""{"type":"join"}"""), "bad_field");
        ShouldBeError(await ann.AskAsync("""{"type":"join","room":""}"""), "bad_name");
        ShouldBeError(await ann.PublishAsync("nowhere", "1"), "not_joined");
        ShouldBeError(await ann.AskAsync("""{"type":"send","connection":"nobody","data":1}"""), "no_such_connection");
        ShouldBeError(await ann.AskAsync("""{"type":"connect"}"""), "already_connected");
        Assert.Equal("pong", (await ann.AskAsync("""{"type":"ping"}""")).Type());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Resume_OnAnotherEdge_GetsExactlyWhatItMissed(string transport)
    {
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await using ContractClient bob = await ConnectAsync(transport, "bob", first: 1);
        await ann.JoinAsync(room);
        await bob.JoinAsync(room);
        await bob.PublishAsync(room, "1");
        Assert.Equal(["1"], await ann.MessagesAsync(1));

        ann.Drop();
        for (int i = 2; i <= 6; i++)
        {
            await bob.PublishAsync(room, $"{i}");
        }

        await bob.AskAsync($$"""{"type":"send","user":"{{ann.User}}","data":7}""");
        await using ContractClient again = await ann.ResumeAsync(harness.From(1));
        await bob.PublishAsync(room, "8");

        Assert.True(again.Answer.GetProperty("resumed").GetBoolean());
        Assert.Equal(ann.Id, again.Id);
        Assert.True(again.Answer.GetProperty("rooms").GetProperty(room).GetProperty("recovered").GetBoolean());
        string[] received = await again.MessagesAsync(7);
        Assert.Equal(["2", "3", "4", "5", "6", "8"], received.Where(data => data != "7"));
        Assert.Contains("7", received);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Resume_ToAWebSocket_LosesNothing(string transport)
    {
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await using ContractClient bob = await ConnectAsync(transport, "bob", first: 1);
        await ann.JoinAsync(room);
        await bob.JoinAsync(room);
        Task<string[]> before = ann.MessagesAsync(10);
        for (int i = 0; i < 10; i++)
        {
            await bob.PublishAsync(room, $"{i}");
        }

        string[] first = await before;
        for (int i = 10; i < 20; i++)
        {
            await bob.PublishAsync(room, $"{i}");
        }

        // It is still held by the old transport, where messages are under way.
        await using ContractClient moved = await ann.ResumeAsync(harness.From(1), ClientTransports.WebSocket);
        for (int i = 20; i < 30; i++)
        {
            await bob.PublishAsync(room, $"{i}");
        }

        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i}"), [.. first, .. await moved.MessagesAsync(20)]);
        Assert.Equal("published", (await moved.PublishAsync(room, "30")).Type());
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Resume_WhileTheOldLinkStands_EndsThat(string transport)
    {
        await using ContractClient ann = await ConnectAsync(transport, "ann");

        await using ContractClient again = await ann.ResumeAsync(harness.From(1), ClientTransports.WebSocket);

        Assert.Equal(ann.Id, again.Id);
        if (ClientTransports.Get(transport).IsStreaming)
        {
            Assert.Equal(4500, await ann.EndedAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Resume_OverAnotherTransportWhileMessagesCome_GetsEachOnceInOrder(string from, string to)
    {
        const int Leg = 20;
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(from, "ann");
        await using ContractClient bob = await ConnectAsync("websocket-json", "bob", first: 1);
        await ann.JoinAsync(room);
        await bob.JoinAsync(room);
        await using RunningPublisher publisher = RunningPublisher.Start(bob, room);

        // Each leg ends in the midst of messages, some received and not looked at, some on their way; the old link stands.
        string[] first = await ann.MessagesAsync(Leg);
        await using ContractClient moved = await ann.ResumeAsync(harness.From(1), ClientTransports.Get(to));
        string[] second = await moved.MessagesAsync(Leg);
        await using ContractClient back = await moved.ResumeAsync(harness.From(0), ClientTransports.Get(from));
        string[] third = await back.MessagesAsync(Leg);
        int published = await publisher.StopAsync();

        string[] rest = await back.MessagesAsync(published - (3 * Leg));
        Assert.All([moved, back], client => Assert.Equal(ann.Id, client.Id));
        Assert.Equal(
            Enumerable.Range(0, published).Select(i => i.ToString(CultureInfo.InvariantCulture)),
            [.. first, .. second, .. third, .. rest]);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Resume_ThatComesInBehindALaterOne_TakesNothingBack(string transport)
    {
        string room = NewRoom();
        await using ContractClient first = await ConnectAsync(transport, "ann");
        await first.JoinAsync(room);
        await using ContractClient second = await first.ResumeAsync(harness.From(1));
        await using ContractClient ann = await second.ResumeAsync(harness.From(0), ClientTransports.WebSocket);

        await using ContractClient late = await second.ResumeLateAsync(harness.From(1));

        ShouldBeError(late.Answer, "resume_overtaken");
        Assert.Equal("published", (await ann.PublishAsync(room, "1")).Type());
        Assert.Equal(["1"], await ann.MessagesAsync(1));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Resume_OfWhatIsGoneOrNotOnes_IsRefused(string transport)
    {
        string room = NewRoom();
        await using ContractClient bob = await ConnectAsync("websocket-json", "bob", first: 1);
        await bob.JoinAsync(room, ""","presence":true""");
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await ann.JoinAsync(room);
        string forged = ann.Token[..^1] + (ann.Token[^1] == 'A' ? 'B' : 'A');
        ClientTransport way = ClientTransports.Get(transport);

        await using ContractClient wrong = await ContractClient.ConnectAsync(way, harness.From(0), ann.User, forged);
        await using ContractClient foreign = await ContractClient.ConnectAsync(way, harness.From(1), "eve", ann.Token);
        await ann.CloseAsync();

        // The goodbye is answered before the cluster has heard of it.
        await bob.PresenceAsync(room, presence => presence.Number("count") == 1, "ann's leaving");
        await using ContractClient late = await ann.ResumeAsync(harness.From(1));

        ShouldBeError(wrong.Answer, "resume_wrong");
        ShouldBeError(foreign.Answer, "resume_foreign");
        ShouldBeError(late.Answer, "resume_expired");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Close_ByTheClient_LeavesItsRoomsAtOnce(string transport)
    {
        string room = NewRoom();
        await using ContractClient ann = await ConnectAsync(transport, "ann");
        await using ContractClient bob = await ConnectAsync(transport, "bob", first: 1);
        await bob.JoinAsync(room, ""","presence":true""");
        await ann.JoinAsync(room);
        await bob.PresenceAsync(room, presence => presence.Number("count") == 2, "ann's coming");

        await ann.CloseAsync();

        await bob.PresenceAsync(room, presence => presence.Number("count") == 1, "ann's leaving");
        ShouldBeError(await bob.AskAsync($$"""{"type":"send","connection":"{{ann.Id}}","data":1}"""), "no_such_connection");
    }

    /// <summary>A room that no other test knows.</summary>
    protected static string NewRoom() => Names.Unused("room");

    /// <summary>The way of a client that comes in at one of the edges.</summary>
    protected ClientRoute From(int first) => harness.From(first);

    /// <summary>Connects as a user that no other test knows.</summary>
    protected Task<ContractClient> ConnectAsync(string transport, string user, int first = 0) => ContractClient.ConnectAsync(
        ClientTransports.Get(transport), harness.From(first), Names.Unused(user));

    private static void ShouldBeError(JsonElement answer, string code) =>
        Assert.True(answer.Type() == "error" && answer.Text("code") == code, $"expected {code}, got {answer}");

    private static bool Shows(JsonElement presence, string connection, string mood) =>
        new[] { "members", "joined", "updated" }
            .Where(field => presence.Has(field))
            .SelectMany(field => presence.GetProperty(field).EnumerateArray())
            .Any(member => member.Text("connection") == connection
                && member.TryGetProperty("state", out JsonElement state)
                && state.TryGetProperty("mood", out JsonElement shown)
                && shown.GetString() == mood);
}
