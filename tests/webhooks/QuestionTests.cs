using System.Text;
using System.Text.Json;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Webhooks.Questions;
using Switchboard.Webhooks.Tests.Testing;
using Reply = Switchboard.Webhooks.Tests.Testing.Receiver.Reply;

namespace Switchboard.Webhooks.Tests;

public sealed class QuestionTests
{
    private static readonly ConnectFacts Ann = new(new UserName("ann"), false, null, null, null);

    [Fact]
    public async Task Connect_IsAskedSignedWithWhatIsKnown()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes(""","user":"bob","rooms":["a","b","a"]""");
        await using Rig rig = new(Rig.Endpoint(receiver.Url, WebhookEvent.Connect));

        Answer answer = await rig.Service.Questions.AskAsync(new ConnectFacts(
            null, true, "game=1", "secret", new Dictionary<string, string> { ["cookie"] = "sid=1" }));

        Receiver.Received received = await receiver.NextAsync();
        Assert.True(Secrets.Signed(received));
        Assert.True(received.Json.GetProperty("resume").GetBoolean());
        Assert.False(received.Json.TryGetProperty("user", out _));
        Assert.Equal("game=1", received.Text("query"));
        Assert.Equal("secret", received.Text("token"));
        Assert.Equal("sid=1", received.Json.GetProperty("headers").GetProperty("cookie").GetString());
        Assert.Equal((AnswerKind.Allowed, "bob"), (answer.Kind, answer.User));
        Assert.Equal(["a", "b"], answer.Rooms!);
    }

    [Theory]
    [InlineData(PayloadKind.Json, "data")]
    [InlineData(PayloadKind.Binary, "binary")]
    public async Task Publish_IsAskedWithItsPayload(PayloadKind kind, string field)
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes();
        await using Rig rig = new(Rig.Endpoint(receiver.Url, WebhookEvent.Publish));
        QuestionBook book = rig.Service.Questions;

        Answer answer = await book.AskAsync(book.ForRoom("lobby"), "lobby", Publication("\"hällo\"", kind) with
        {
            Class = DeliveryClass.Latest,
            Slot = "s",
            Key = "k",
        });

        JsonElement asked = (await receiver.NextAsync()).Json;
        Assert.Equal("lobby", asked.GetProperty("room").GetString());
        Assert.Equal("ann", asked.GetProperty("from").GetProperty("user").GetString());
        Assert.Equal("latest", asked.GetProperty("class").GetString());
        Assert.Equal("s", asked.GetProperty("slot").GetString());
        Assert.Equal("k", asked.GetProperty("key").GetString());
        string expected = kind == PayloadKind.Json
            ? "hällo"
            : Convert.ToBase64String(Encoding.UTF8.GetBytes("\"hällo\""));
        Assert.Equal(expected, asked.GetProperty(field).GetString());
        Assert.Equal(AnswerKind.Allowed, answer.Kind);
        Assert.Null(answer.Data);
    }

    [Fact]
    public async Task Publish_WithTwoEndpoints_IsAskedOfTheSecondAsTheFirstLeftIt()
    {
        await using Receiver first = await Receiver.StartAsync();
        await using Receiver second = await Receiver.StartAsync();
        first.Answer = static _ => Reply.Yes(""","data":"rewritten" """);
        second.Answer = static _ => Reply.Yes();
        await using Rig rig = new(
            Rig.Endpoint(first.Url, WebhookEvent.Publish), Rig.Endpoint(second.Url, WebhookEvent.Publish));
        QuestionBook book = rig.Service.Questions;

        Answer answer = await book.AskAsync(book.ForRoom("lobby"), "lobby", Publication("\"plain\""));

        Assert.Equal("rewritten", (await second.NextAsync()).Text("data"));
        Assert.Equal("\"rewritten\"", Encoding.UTF8.GetString(answer.Data!));
    }

    [Fact]
    public async Task Publish_ThatTheFirstEndpointRefuses_IsNotAskedOfTheSecond()
    {
        await using Receiver first = await Receiver.StartAsync();
        await using Receiver second = await Receiver.StartAsync();
        first.Answer = static _ => Reply.No(""","code":"muted" """);
        await using Rig rig = new(
            Rig.Endpoint(first.Url, WebhookEvent.Publish), Rig.Endpoint(second.Url, WebhookEvent.Publish));
        QuestionBook book = rig.Service.Questions;

        Answer answer = await book.AskAsync(book.ForRoom("lobby"), "lobby", Publication("1"));

        Assert.Equal((AnswerKind.Refused, "muted"), (answer.Kind, answer.Code));
        Assert.Equal(0, second.Count);
        Assert.Equal(1, rig["questions outcome=refused"]);
    }

    [Fact]
    public async Task Rooms_ThatNoEndpointWants_HaveNoQuestion()
    {
        EndpointOptions endpoint = Rig.Endpoint("http://127.0.0.1:9/", WebhookEvent.Publish);
        endpoint.Rooms = "game-*";
        await using Rig rig = new(endpoint);

        Assert.Empty(rig.Service.Questions.ForRoom("lobby"));
        Assert.Single(rig.Service.Questions.ForRoom("game-7"));
    }

    [Theory]
    [InlineData(204, "")]
    [InlineData(500, """{"allow":true}""")]
    [InlineData(403, """{"allow":true}""")]
    [InlineData(302, "")]
    [InlineData(200, "")]
    [InlineData(200, "no")]
    [InlineData(200, """{"allow":"yes"}""")]
    public async Task Answer_ThatIsNotValid_CountsAsNone(int status, string body)
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = _ => new Reply(status, body, status == 302 ? receiver.Url : null);
        await using Rig rig = new(Rig.Endpoint(receiver.Url, WebhookEvent.Connect));

        Assert.Equal(AnswerKind.Failed, (await rig.Service.Questions.AskAsync(Ann)).Kind);
        Assert.Equal(1, receiver.Count);
        Assert.Equal(1, rig["questions outcome=failed"]);
    }

    [Fact]
    public async Task Answer_ThatIsTooLong_CountsAsNone()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes($",\"data\":\"{new string('x', 2000)}\"");
        EndpointOptions endpoint = Rig.Endpoint(receiver.Url, WebhookEvent.Connect);
        endpoint.MaxAnswerBytes = 1024;
        await using Rig rig = new(endpoint);

        Assert.Equal(AnswerKind.Failed, (await rig.Service.Questions.AskAsync(Ann)).Kind);
        Assert.Contains(rig.Lines, static line => line.Contains("too long", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FailurePolicy.Closed)]
    [InlineData(FailurePolicy.Open)]
    public async Task Answer_ThatDoesNotComeInTime_CountsByThePolicy(FailurePolicy policy)
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => null;
        EndpointOptions endpoint = Rig.Endpoint(receiver.Url, WebhookEvent.Connect);
        endpoint.OnFailure = policy;
        await using Rig rig = new(endpoint);

        Task<Answer> asked = rig.Service.Questions.AskAsync(Ann).AsTask();
        await receiver.NextAsync();
        Assert.False(asked.IsCompleted);
        await rig.AdvanceUntilAsync(() => asked.IsCompleted, TimeSpan.FromSeconds(1), "the time-out");

        Assert.Equal(policy == FailurePolicy.Open ? AnswerKind.Allowed : AnswerKind.Failed, (await asked).Kind);
    }

    [Fact]
    public async Task Questions_BeyondWhatMayBeUnderWay_FailAtOnce()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => null;
        EndpointOptions endpoint = Rig.Endpoint(receiver.Url, WebhookEvent.Connect);
        endpoint.MaxInFlight = 2;
        await using Rig rig = new(endpoint);

        Task<Answer>[] asked = [rig.Service.Questions.AskAsync(Ann).AsTask(), rig.Service.Questions.AskAsync(Ann).AsTask()];
        Answer third = await rig.Service.Questions.AskAsync(Ann);

        Assert.Equal(AnswerKind.Failed, third.Kind);
        Assert.Equal(1, rig["questions outcome=full"]);
        await rig.AdvanceUntilAsync(() => asked.All(static one => one.IsCompleted), TimeSpan.FromSeconds(1), "the time-outs");
        receiver.Answer = static _ => Reply.Yes();
        Assert.Equal(AnswerKind.Allowed, (await rig.Service.Questions.AskAsync(Ann)).Kind);
    }

    private static Publication Publication(string payload, PayloadKind kind = PayloadKind.Json) => new(
        Encoding.UTF8.GetBytes(payload),
        kind,
        DeliveryClass.Reliable,
        null,
        null,
        new Sender(new UserName("ann"), Rig.Connection(1)),
        ExceptSender: false);
}
