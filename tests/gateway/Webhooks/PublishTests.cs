using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Webhooks;
using Switchboard.Webhooks.Tests.Testing;
using Reply = Switchboard.Webhooks.Tests.Testing.Receiver.Reply;

namespace Switchboard.Gateway.Tests.Webhooks;

public sealed class PublishTests
{
    [Fact]
    public async Task Publish_ThatTheApplicationRefuses_IsNotPublished()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static received => received.Text("data") == "bad"
            ? Reply.No(""","code":"rude","message":"mind your words" """)
            : Reply.Yes();
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Publish);
        await using TestClient client = await host.ConnectAsync("ann");
        await client.JoinAsync("lobby");

        JsonElement refused = await client.PublishAsync("lobby", "\"bad\"");
        JsonElement published = await client.PublishAsync("lobby", "\"good\"");

        refused.ShouldBeError("rude");
        Assert.Equal(("mind your words", "lobby"), (refused.Text("message"), refused.Text("room")));
        Assert.False(refused.TryGetProperty("retry", out _));
        Assert.Equal(1, published.Number("offset"));
        Receiver.Received asked = await receiver.NextAsync();
        Assert.True(Secrets.Signed(asked));
        Assert.Equal(client.Id, asked.Json.GetProperty("from").GetProperty("connection").GetString());
    }

    [Fact]
    public async Task Publish_ThatTheApplicationRewrites_ArrivesRewritten()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => Reply.Yes(""","data":{"text":"***"}""");
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Publish);
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient bob = await host.ConnectAsync("bob");
        await ann.JoinAsync("lobby");
        await bob.JoinAsync("lobby");

        await ann.PublishAsync("lobby", """{"text":"damn"}""");

        JsonElement message = await bob.NextAsync("message");
        Assert.Equal("***", message.GetProperty("data").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Publishes_OfOneConnection_StayInOrderWhileOneWaits()
    {
        const int Count = 50;
        using SemaphoreSlim gate = new(0);
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = received =>
        {
            if (received.Json.GetProperty("data").GetInt32() == 0)
            {
                Assert.True(gate.Wait(Limit.Time));
            }

            return Reply.Yes();
        };
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Publish);
        await using TestClient client = await host.ConnectAsync("ann");
        await client.JoinAsync("lobby");

        for (int i = 0; i < Count; i++)
        {
            await client.SendAsync($$"""{"type":"publish","room":"lobby","data":{{i}}}""");
        }

        gate.Release();
        for (int i = 0; i < Count; i++)
        {
            JsonElement message = await client.NextAsync("message");
            Assert.Equal((i, i + 1), (message.Number("data"), message.Number("offset")));
        }
    }

    [Fact]
    public async Task Publish_ToARoomWithoutAHook_IsNotAsked()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        await using GatewayHost host = await WebhookHost.StartAsync(
            receiver, WebhookEvent.Publish, static endpoint => endpoint.Rooms = "asked-*");
        await using TestClient client = await host.ConnectAsync("ann");
        await client.JoinAsync("lobby");

        Assert.Equal("published", (await client.PublishAsync("lobby", "1")).Type());
        Assert.Equal(0, receiver.Count);
    }

    [Theory]
    [InlineData(FailurePolicy.Closed, "error")]
    [InlineData(FailurePolicy.Open, "published")]
    public async Task Publish_WhileTheApplicationIsDown_EndsByThePolicy(FailurePolicy policy, string type)
    {
        Receiver receiver = await Receiver.StartAsync();
        await using GatewayHost host = await WebhookHost.StartAsync(
            receiver, WebhookEvent.Publish, endpoint => endpoint.OnFailure = policy);
        await receiver.DisposeAsync();
        await using TestClient client = await host.ConnectAsync("ann");
        await client.JoinAsync("lobby");

        Assert.Equal(type, (await client.PublishAsync("lobby", "1")).Type());
    }

    [Fact]
    public async Task Webhook_ThatNeverAnswers_LeavesOthersAlone()
    {
        const int Count = 500;
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => null;
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Publish, static endpoint =>
        {
            endpoint.Rooms = "asked";
            endpoint.MaxInFlight = 1;
        });
        await using TestClient stuck = await host.ConnectAsync("stuck");
        await using TestClient ann = await host.ConnectAsync("ann");
        foreach (TestClient client in new[] { stuck, ann })
        {
            await client.JoinAsync("asked");
            await client.JoinAsync("free");
        }

        Task<JsonElement> waiting = stuck.PublishAsync("asked", "1");
        await receiver.NextAsync();
        JsonElement refused = await ann.PublishAsync("asked", "2");
        for (int i = 1; i <= Count; i++)
        {
            Assert.Equal(i, (await ann.PublishAsync("free", $"{i}")).Number("offset"));
        }

        refused.ShouldBeError("unavailable");
        Assert.True(refused.GetProperty("retry").GetBoolean());
        Assert.False(waiting.IsCompleted);
        await host.AdvanceUntilAsync(waiting, TimeSpan.FromSeconds(1));
        (await waiting).ShouldBeError("unavailable");

        // It has received all that others published meanwhile.
        for (int i = 1; i <= Count; i++)
        {
            Assert.Equal(i, (await stuck.NextAsync("message")).Number("data"));
        }
    }

    [Fact]
    public async Task Publish_ThatWaitsWhileItsSocketEnds_EndsWithIt()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static _ => null;
        await using GatewayHost host = await WebhookHost.StartAsync(receiver, WebhookEvent.Publish);
        await using TestClient client = await host.ConnectAsync("ann");
        await client.JoinAsync("lobby");

        await client.SendAsync("""{"type":"publish","room":"lobby","data":1}""");
        await receiver.NextAsync();
        client.Drop();
        Task detached = host.Backplane.CalledAsync("DetachAsync");
        await host.AdvanceUntilAsync(detached, TimeSpan.FromSeconds(1));
    }
}
