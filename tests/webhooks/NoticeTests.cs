using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Tests.Testing;
using Switchboard.Webhooks.Notices;
using Switchboard.Webhooks.Tests.Testing;
using Reply = Switchboard.Webhooks.Tests.Testing.Receiver.Reply;

namespace Switchboard.Webhooks.Tests;

public sealed class NoticeTests
{
    private static readonly RoomName Lobby = new("lobby");
    private static readonly UserName Ann = new("ann");
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Notice_OfEachKind_ComesSignedWithWhatHappened()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        await using Rig rig = new(Rig.Endpoint(
            receiver.Url, WebhookEvent.Connected, WebhookEvent.Disconnected, WebhookEvent.Occupied, WebhookEvent.Vacated));
        NoticeBoard board = rig.Service.Notices;
        ConnectionId connection = Rig.Connection(1);

        board.OnConnected(connection, Ann);
        Receiver.Received connected = await receiver.NextAsync();
        board.OnOccupied(Lobby);
        Receiver.Received occupied = await receiver.NextAsync();
        board.OnVacated(Lobby);
        Receiver.Received vacated = await receiver.NextAsync();
        board.OnDisconnected(connection, Ann, DisconnectCause.Expired);
        Receiver.Received disconnected = await receiver.NextAsync();

        long time = FakeTime.Start.ToUnixTimeMilliseconds();
        Assert.Equal(
            $$"""{"type":"connected","time":{{time}},"connection":"{{connection.Value}}","user":"ann"}""", connected.Body);
        Assert.Equal($$"""{"type":"occupied","time":{{time}},"room":"lobby"}""", occupied.Body);
        Assert.Equal("vacated", vacated.Type);
        Assert.Equal("expired", disconnected.Text("reason"));
        Assert.All([connected, occupied, vacated, disconnected], static received => Assert.True(Secrets.Signed(received)));
        Assert.Equal((time / 1000).ToString(System.Globalization.CultureInfo.InvariantCulture), connected.Timestamp);
        Assert.NotEqual(connected.Id, occupied.Id);
    }

    [Fact]
    public async Task Notice_OfARoomOrAnEventThatIsNotWanted_IsNotSent()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        EndpointOptions endpoint = Rig.Endpoint(receiver.Url, WebhookEvent.Occupied);
        endpoint.Rooms = "game-*";
        await using Rig rig = new(endpoint);

        rig.Service.Notices.OnOccupied(Lobby);
        rig.Service.Notices.OnVacated(new RoomName("game-1"));
        rig.Service.Notices.OnConnected(Rig.Connection(1), Ann);
        rig.Service.Notices.OnOccupied(new RoomName("game-1"));
        await rig.Service.StopAsync(CancellationToken.None);

        Assert.Equal("game-1", (await receiver.NextAsync()).Text("room"));
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task Notice_ThatIsNotTaken_ComesAgainWithTheSameIdAndAFreshSignature()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = _ => new Reply(receiver.Count < 3 ? 500 : 204);
        await using Rig rig = new(Rig.Endpoint(receiver.Url, WebhookEvent.Occupied));

        rig.Service.Notices.OnOccupied(Lobby);
        await rig.AdvanceUntilAsync(() => rig["notices.sent"] == 1, Second, "the third attempt");

        Receiver.Received[] attempts = [await receiver.NextAsync(), await receiver.NextAsync(), await receiver.NextAsync()];
        Assert.Single(attempts.Select(static attempt => attempt.Id).Distinct());
        Assert.Single(attempts.Select(static attempt => attempt.Body).Distinct());
        Assert.True(long.Parse(attempts[2].Timestamp, null) > long.Parse(attempts[0].Timestamp, null));
        Assert.All(attempts, static attempt => Assert.True(Secrets.Signed(attempt)));
        Assert.Equal(2, rig["notices.failures"]);
    }

    [Fact]
    public async Task Notice_AfterTheLastAttempt_IsGivenUpAndCounted()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => new Reply(500);
        await using Rig rig = new(Rig.Endpoint(receiver.Url, WebhookEvent.Occupied));

        rig.Service.Notices.OnOccupied(Lobby);
        await rig.AdvanceUntilAsync(() => rig["notices.dropped reason=attempts"] == 1, Second, "the notice to be given up");

        Assert.Equal(5, receiver.Count);
        Assert.Contains(rig.Lines, static line => line.Contains("given up: attempts", StringComparison.Ordinal));
        Assert.DoesNotContain(rig.Lines, static line => line.Contains(Secrets.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Notices_WhileTheReceiverIsDown_ComeInOrderOnceItIsUp()
    {
        Receiver first = await Receiver.StartAsync();
        string url = first.Url;
        await first.DisposeAsync();
        await using Rig rig = new(Rig.Endpoint(url, WebhookEvent.Occupied, WebhookEvent.Vacated));
        for (int i = 0; i < 10; i++)
        {
            rig.Service.Notices.OnOccupied(Lobby);
            rig.Service.Notices.OnVacated(Lobby);
        }

        await rig.UntilAsync(() => rig["notices.failures"] > 0, "an attempt that fails");
        await using Receiver second = await Receiver.StartAsync(new Uri(url).Port);
        await rig.AdvanceUntilAsync(() => rig["notices.sent"] == 20, Second, "all notices");

        for (int i = 0; i < 10; i++)
        {
            Assert.Equal("occupied", (await second.NextAsync()).Type);
            Assert.Equal("vacated", (await second.NextAsync()).Type);
        }

        Assert.Equal(0, rig["notices.waiting"]);
    }

    [Fact]
    public async Task Notices_BeyondWhatMayWait_PushTheOldestOut()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => null;
        EndpointOptions endpoint = Rig.Endpoint(receiver.Url, WebhookEvent.Occupied);
        endpoint.MaxWaiting = 3;
        endpoint.MaxInFlight = 1;
        await using Rig rig = new(endpoint);

        rig.Service.Notices.OnOccupied(new RoomName("under way"));
        await receiver.NextAsync();
        for (int i = 0; i < 10; i++)
        {
            rig.Service.Notices.OnOccupied(new RoomName($"room-{i}"));
        }

        Assert.Equal(7, rig["notices.dropped reason=full"]);
        Assert.Equal(3, rig["notices.waiting"]);
        Assert.Single(rig.Lines, static line => line.Contains("given up: full", StringComparison.Ordinal));
        receiver.Answer = static _ => new Reply(204);
        await rig.AdvanceUntilAsync(() => rig["notices.sent"] == 4, Second, "those that are left");
        Assert.Equal("under way", (await receiver.NextAsync()).Text("room"));
        for (int i = 7; i < 10; i++)
        {
            Assert.Equal($"room-{i}", (await receiver.NextAsync()).Text("room"));
        }
    }

    [Fact]
    public async Task Stop_WithNoticesLeft_SendsThemFirst()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => new Reply(500);
        await using Rig rig = new(Rig.Endpoint(receiver.Url, WebhookEvent.Occupied));
        for (int i = 0; i < 20; i++)
        {
            rig.Service.Notices.OnOccupied(Lobby);
        }

        await rig.UntilAsync(() => rig["notices.failures"] == 1, "the first attempt");
        receiver.Answer = static _ => new Reply(204);
        await rig.Service.StopAsync(CancellationToken.None);
        rig.Service.Notices.OnOccupied(Lobby);

        Assert.Equal(20, rig["notices.sent"]);
        Assert.Equal(1, rig["notices.dropped reason=stopped"]);
    }

    [Fact]
    public async Task Stop_WhileTheReceiverNeverAnswers_EndsAfterItsTime()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => null;
        EndpointOptions endpoint = Rig.Endpoint(receiver.Url, WebhookEvent.Occupied);
        endpoint.Timeout = TimeSpan.FromSeconds(30);
        await using Rig rig = new(endpoint);
        for (int i = 0; i < 20; i++)
        {
            rig.Service.Notices.OnOccupied(Lobby);
        }

        await receiver.NextAsync();
        DateTimeOffset begun = rig.Time.GetUtcNow();
        Task stopped = rig.Service.StopAsync(CancellationToken.None);
        await rig.AdvanceUntilAsync(() => stopped.IsCompleted, TimeSpan.FromMilliseconds(500), "the stop");

        await stopped;
        Assert.True(rig.Time.GetUtcNow() - begun >= TimeSpan.FromSeconds(5));
        Assert.Equal(20, rig["notices.dropped reason=stopped"]);
    }

    [Fact]
    public async Task Notice_ThatIsRedirected_IsNotTakenThere()
    {
        await using Receiver other = await Receiver.StartAsync();
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = _ => new Reply(307, Location: other.Url);
        await using Rig rig = new(Rig.Endpoint(receiver.Url, WebhookEvent.Occupied));

        rig.Service.Notices.OnOccupied(Lobby);
        await rig.AdvanceUntilAsync(() => rig["notices.dropped"] == 1, Second, "the notice to be given up");

        Assert.Equal(0, other.Count);
    }

    [Fact]
    public async Task Rooms_WhoseReceiverHangs_DoNotHoldUpOthersOfTheSameEndpoint()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static received => received.Text("room") == "slow" ? null : new Reply(204);
        EndpointOptions endpoint = Rig.Endpoint(receiver.Url, WebhookEvent.Occupied);
        endpoint.MaxInFlight = 1000;
        await using Rig rig = new(endpoint);

        rig.Service.Notices.OnOccupied(new RoomName("slow"));
        for (int i = 0; i < 20; i++)
        {
            rig.Service.Notices.OnOccupied(new RoomName($"quick-{i}"));
        }

        // One of a thousand lanes is taken; that all twenty would fall into it is out of the question.
        await rig.UntilAsync(() => rig["notices.sent"] > 0, "a notice of another room");
    }

    [Theory]
    [InlineData(1, 0.5, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(4, 4, 8)]
    [InlineData(50, 30, 60)]
    public void Pauses_AsAttemptsFail_AreDoubledUpToTheLongest(int failed, double shortest, double longest)
    {
        RetryOptions options = new() { First = Second, Longest = TimeSpan.FromMinutes(1) };

        for (int i = 0; i < 100; i++)
        {
            Assert.InRange(Backoff.After(options, failed, new CryptoRandomSource()).TotalSeconds, shortest, longest);
        }
    }
}
