using System.Text.Json;
using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Session;

public sealed class OutboxTests
{
    [Fact]
    public async Task Publish_ThatWasNotAnswered_IsSentAgainWithItsKey_InItsOrder()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Room room = rig.Client.Room("r");
        Task<Position>[] publishes = [.. Enumerable.Range(0, 3).Select(i => room.PublishAsync($"{i}").AsTask())];
        JsonElement[] before = [await link.ExpectAsync("publish"), await link.ExpectAsync("publish"), await link.ExpectAsync("publish")];
        link.Published(before[1], 12);
        Assert.Equal(12, (await publishes[1].WithinAsync("the answer")).Offset);

        FakeLink next = await rig.BreakAsync(link);
        Task<Position> later = room.PublishAsync("3").AsTask();
        await next.WelcomeAsync(resumed: true, rooms: "'r':{'epoch':'00000000000000cc','offset':10,'recovered':true}");
        JsonElement[] after = [await next.ExpectAsync("publish"), await next.ExpectAsync("publish"), await next.ExpectAsync("publish")];
        next.Published(after[0], 11);
        next.Published(after[1], 13);
        next.Published(after[2], 14);

        Assert.Equal(["0", "2", "3"], after.Select(publish => publish.GetProperty("data").GetString()));
        Assert.Equal(Key(before[0]), Key(after[0]));
        Assert.Equal(Key(before[2]), Key(after[1]));
        Assert.Equal(4, before.Append(after[2]).Select(Key).Distinct().Count());
        Assert.Equal(11, (await publishes[0]).Offset);
        Assert.Equal(13, (await publishes[2]).Offset);
        Assert.Equal(14, (await later).Offset);
    }

    [Fact]
    public async Task Publish_RefusedForNow_IsSentAgain_BeforeWhatCameBehindIt()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Room room = rig.Client.Room("r");
        Task<Position> first = room.PublishAsync("first").AsTask();
        JsonElement refused = await link.ExpectAsync("publish");

        link.Error(refused, "unavailable", ",'retry':true");
        link.Message(11);
        await Waiting.UntilAsync(() => room.Position.Offset == 11, "the message behind the error");
        Task<Position> second = room.PublishAsync("second").AsTask();
        Task<JsonElement> again = link.ExpectAsync("publish");
        Assert.False(again.IsCompleted);
        await rig.PassUntilAsync(again, "the publish again");

        Assert.Equal("first", (await again).GetProperty("data").GetString());
        Assert.Equal(Key(refused), Key(await again));
        link.Published(await again, 12);
        JsonElement behind = await link.ExpectAsync("publish");
        Assert.Equal("second", behind.GetProperty("data").GetString());
        link.Published(behind, 13);
        Assert.Equal(12, (await first).Offset);
        Assert.Equal(13, (await second).Offset);
    }

    [Fact]
    public async Task Publish_RefusedForNow_IsSentAgain_OnceAllThatWasUnderWayIsAnswered()
    {
        await using ClientRig rig = new(options => options with { CommandTimeout = TimeSpan.FromMinutes(1) });
        FakeLink link = await rig.JoinAsync();
        Room room = rig.Client.Room("r");
        Task<Position>[] publishes = [.. new[] { "1", "2", "3" }.Select(text => room.PublishAsync(text).AsTask())];
        JsonElement[] sent =
        [
            await link.ExpectAsync("publish"), await link.ExpectAsync("publish"), await link.ExpectAsync("publish"),
        ];

        link.Error(sent[0], "unavailable", ",'retry':true");
        link.Error(sent[1], "unavailable", ",'retry':true");
        link.Message(11);
        await Waiting.UntilAsync(() => room.Position.Offset == 11, "the message behind the errors");
        Task<Position> newer = room.PublishAsync("4").AsTask();
        Task<JsonElement> first = link.ExpectAsync("publish");
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(first.IsCompleted);
        link.Published(sent[2], 12);
        await rig.PassUntilAsync(first, "the publish again");
        Task<JsonElement> second = link.ExpectAsync("publish");
        link.Message(13);
        await Waiting.UntilAsync(() => room.Position.Offset == 13, "the message behind the publish again");
        Assert.False(second.IsCompleted);
        link.Published(await first, 14);
        JsonElement third = await second;
        JsonElement fourth = await link.ExpectAsync("publish");

        Assert.Equal(["1", "2", "4"], new[] { await first, third, fourth }.Select(one => one.GetProperty("data").GetString()));
        link.Published(third, 15);
        link.Published(fourth, 16);
        Assert.Equal([14, 15, 12, 16], (await Task.WhenAll([.. publishes, newer])).Select(position => position.Offset));
    }

    [Fact]
    public async Task Publish_TooFast_WaitsAsLongAsTheServerSays()
    {
        await using ClientRig rig = new(options => options with { CommandTimeout = TimeSpan.FromMinutes(1) });
        FakeLink link = await rig.JoinAsync();
        Task<Position> publishing = rig.Client.Room("r").PublishAsync("x").AsTask();
        DateTimeOffset refused = rig.Time.GetUtcNow();
        link.Error(await link.ExpectAsync("publish"), "too_fast", ",'retry':true,'retryAfter':5000");

        Task<JsonElement> again = link.ExpectAsync("publish");
        await rig.PassUntilAsync(again, "the publish again");

        Assert.True(rig.Time.GetUtcNow() - refused >= TimeSpan.FromSeconds(5));
        link.Published(await again, 11);
        Assert.Equal(11, (await publishing).Offset);
    }

    [Fact]
    public async Task Publish_WithoutAnAnswer_TimesOut()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Task<Position> publishing = rig.Client.Room("r").PublishAsync("x").AsTask();
        await link.ExpectAsync("publish");

        await rig.PassUntilAsync(publishing, "the time-out");

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => publishing);
        Assert.Equal(ErrorCodes.Timeout, error.Code);
        Assert.True(error.IsRetryable);
    }

    [Fact]
    public async Task Publish_BeforeThereWasAConnection_TimesOutAndSaysSo()
    {
        await using ClientRig rig = new();
        Task<Position> publishing = rig.Client.Room("r").PublishAsync("x").AsTask();
        Task<Joined> joining = rig.Client.Room("r").JoinAsync();

        await rig.PassUntilAsync(Task.WhenAll(publishing, joining), "the time-outs");

        foreach (Task waiting in (Task[])[publishing, joining])
        {
            SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => waiting);
            Assert.Equal(ErrorCodes.Timeout, error.Code);
            Assert.Contains("Was ConnectAsync called", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Publish_ThatIsCanceled_EndsAtOnce()
    {
        await using ClientRig rig = new();
        await rig.JoinAsync();
        using CancellationTokenSource cancel = new();
        Task<Position> publishing = rig.Client.Room("r").PublishAsync("x", null, cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => publishing.WithinAsync("the end"));
    }

    [Theory]
    [InlineData(3, 100_000)]
    [InlineData(100, 250)]
    public async Task Outbox_ThatIsFull_RefusesAtOnce(int messages, int bytes)
    {
        await using ClientRig rig = new(options => options with { Outbox = new OutboxOptions { MaxMessages = messages, MaxBytes = bytes } });
        Room room = rig.Client.Room("r");
        List<Task<Position>> waiting = [];

        Task<Position> next = room.PublishAsync("x").AsTask();
        while (!next.IsCompleted)
        {
            waiting.Add(next);
            next = room.PublishAsync("x").AsTask();
        }

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => next);
        Assert.Equal(ErrorCodes.OutboxFull, error.Code);
        Assert.InRange(waiting.Count, 1, 3);
        Assert.All(waiting, one => Assert.False(one.IsCompleted));
    }

    [Fact]
    public async Task Offline_OnlyTheNewestOfASlotWaits_AndVolatileIsDropped()
    {
        await using ClientRig rig = new();
        Room room = rig.Client.Room("r");
        PublishOptions here = new() { Delivery = Delivery.Latest, Slot = "here" };
        PublishOptions there = here with { Slot = "there" };
        Task<Position> older = room.PublishAsync("older", here).AsTask();
        Task<Position> other = room.PublishAsync("other", there).AsTask();
        Task<Position> newer = room.PublishAsync("newer", here).AsTask();
        Assert.True((await room.PublishAsync("typing", new PublishOptions { Delivery = Delivery.Volatile })).IsNone);
        Assert.True((await older.WithinAsync("the older one")).IsNone);

        FakeLink link = await rig.ConnectAsync();

        JsonElement[] sent = [await link.ExpectAsync("publish"), await link.ExpectAsync("publish")];
        Assert.Equal(["other", "newer"], sent.Select(publish => publish.GetProperty("data").GetString()));
        link.Published(sent[0], 1);
        link.Published(sent[1], 2);
        Assert.Equal(1, (await other).Offset);
        Assert.Equal(2, (await newer).Offset);
        link.ExpectNothing();
    }

    [Fact]
    public async Task Message_LargerThanTheServerTakes_IsNotSent()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(
            () => rig.Client.Room("r").PublishAsync(new string('x', 2000)).WithinAsync("the refusal"));

        Assert.Equal(ErrorCodes.TooLarge, error.Code);
        link.ExpectNothing();
    }

    [Fact]
    public async Task Rate_OfTheServer_IsKeptTo()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.ConnectAsync("'message':1000,'rate':{'messages':10,'burst':10}");
        Room room = rig.Client.Room("r");
        Task<Position>[] publishes = [.. Enumerable.Range(0, 12).Select(i => room.PublishAsync($"{i}").AsTask())];
        for (int i = 0; i < 9; i++)
        {
            await link.ExpectAsync("publish");
        }

        link.ExpectNothing();
        DateTimeOffset before = rig.Time.GetUtcNow();
        for (int i = 9; i < 12; i++)
        {
            await rig.PassUntilAsync(link.ExpectAsync("publish"), "a publish in its turn");
        }

        Assert.True(rig.Time.GetUtcNow() - before >= TimeSpan.FromMilliseconds(250));
        Assert.All(publishes, one => Assert.False(one.IsCompleted));
    }

    [Fact]
    public async Task Answer_TakenTooEarly_Throws_AndDisturbsNothing()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Room room = rig.Client.Room("r");
        ValueTask<Position> early = room.PublishAsync("first");
        Assert.Throws<InvalidOperationException>(() => early.GetAwaiter().GetResult());
        ValueTask<Position> second = room.PublishAsync("second");

        link.Published(await link.ExpectAsync("publish"), 11);
        JsonElement sent = await link.ExpectAsync("publish");
        Assert.Equal("second", sent.GetProperty("data").GetString());
        link.Published(sent, 12);
        Assert.Equal(12, (await second.WithinAsync("the second answer")).Offset);
        Assert.Equal(11, (await early).Offset);
        ValueTask<Position> third = room.PublishAsync("third");
        Assert.Throws<InvalidOperationException>(() => early.GetAwaiter().GetResult());
        link.Published(await link.ExpectAsync("publish"), 13);
        Assert.Equal(13, (await third.WithinAsync("the third answer")).Offset);
    }

    [Fact]
    public async Task Answer_ThatCantBeRead_FailsTheQuestion()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync();
        Task<HistoryPage<RoomMessage>> asking = rig.Client.Room("r").HistoryAsync();
        JsonElement asked = await link.ExpectAsync("history");

        link.Give($$"""{'type':'history','id':{{asked.GetProperty("id").GetInt64()}},'room':'r','messages':[{'offset':1,'base64':'?'}]}""");

        Assert.Equal("internal", (await Assert.ThrowsAsync<SwitchboardException>(() => asking.WithinAsync("the failure"))).Code);
    }

    private static string Key(JsonElement publish) => publish.GetProperty("key").GetString()!;
}
