using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Api;

public sealed class NodeTests
{
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Nodes_InOneProcess_CountsWhatClientsDo()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient ann = await api.Gateway.ConnectAsync("ann");
        await using TestClient bob = await api.Gateway.ConnectAsync("bob");
        await ann.JoinAsync("lobby");
        await bob.JoinAsync("lobby");
        await ann.PublishAsync("lobby", "1");
        await bob.NextAsync("message");
        await ann.NextAsync("message");

        JsonElement answer = await ApiHost.OkAsync(api.GetAsync("nodes"));

        Assert.True(answer.GetProperty("complete").GetBoolean());
        JsonElement node = Assert.Single(answer.GetProperty("nodes").EnumerateArray());
        Assert.Equal(("standalone", "ready", false), (node.Text("kind"), node.Text("state"), node.GetProperty("drainable").GetBoolean()));
        Assert.Equal(api.Gateway.Address.ToString().TrimEnd('/'), node.Text("address"));
        Assert.Matches(@"^\d+\.\d+\.\d+", node.Text("version"));
        Assert.Equal(answer.Number("time"), node.Number("started"));
        JsonElement figures = node.GetProperty("figures");
        Assert.Equal((2, 1), (figures.Number("connections"), figures.Number("rooms")));

        // Two connects, two joins, a publish; and their answers, with the message for both.
        Assert.Equal((5, 7), (figures.Number("received"), figures.Number("sent")));
        Assert.Equal((0, 0, 0), (figures.Number("dropped"), figures.Number("lost"), figures.Number("refused")));
        Assert.True(figures.Number("memory") > 0 && figures.Number("cpu") > 0);
        Assert.False(figures.TryGetProperty("activations", out _));
    }

    [Fact]
    public async Task Nodes_RefusedHandshake_IsCounted()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => api.Gateway.OpenAsync("/ws"));

        JsonElement answer = await ApiHost.OkAsync(api.GetAsync("nodes"));

        Assert.Equal(1, answer.GetProperty("nodes")[0].GetProperty("figures").Number("refused"));
    }

    [Fact]
    public async Task Connections_OfTheNode_AreShownPageByPage()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await using TestClient ann = await api.Gateway.ConnectAsync("ann");
        await using TestClient bob = await api.Gateway.ConnectAsync("bob");

        JsonElement first = await ApiHost.OkAsync(api.GetAsync("connections?node=standalone&limit=1"));
        JsonElement second = await ApiHost.OkAsync(api.GetAsync($"connections?node=standalone&after={first.Text("next")}"));

        Assert.Equal(
            new[] { (ann.Id, "ann"), (bob.Id, "bob") }.Order(),
            first.GetProperty("connections").EnumerateArray().Concat(second.GetProperty("connections").EnumerateArray())
                .Select(one => (one.Text("connection"), one.Text("user"))).Order());
        Assert.False(second.TryGetProperty("next", out _));
        await ApiHost.FailsAsync(api.GetAsync("connections?node=elsewhere"), 404, "no_such_node");
        await ApiHost.FailsAsync(api.GetAsync("connections"), 400, "bad_field");
    }

    [Fact]
    public async Task Drain_OfTheOnlyNode_IsRefused()
    {
        await using ApiHost api = await ApiHost.StartAsync();

        await ApiHost.FailsAsync(api.PostAsync("drain", """{"node":"standalone"}"""), 409, "last_node");
        await ApiHost.FailsAsync(api.PostAsync("drain", """{"node":"elsewhere"}"""), 404, "no_such_node");
        await ApiHost.FailsAsync(api.PostAsync("drain", "{}"), 400, "bad_field");
    }

    [Fact]
    public async Task Drain_Begun_ClosesEverybodyOverItsTimeAndLetsNobodyIn()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Drain.Over = Over);
        EdgeDrain drain = host.Services.GetRequiredService<EdgeDrain>();
        TestClient[] clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => host.ConnectAsync($"user-{i}")));
        Assert.Null(drain.NotReady);

        drain.Begin();
        drain.Begin();

        Assert.Equal("this edge is draining", drain.NotReady);
        await Assert.ThrowsAsync<WebSocketException>(() => host.ConnectAsync("late"));
        Task<int>[] closed = [.. clients.Select(client => client.ClosedAsync())];
        host.Time.Advance(Over / 2);
        await Task.WhenAll(await SomeAsync(closed, clients.Length / 2));
        Assert.InRange(closed.Count(one => one.IsCompleted), clients.Length / 2, clients.Length * 3 / 4);
        host.Time.Advance(Over / 2);
        Assert.All(await Task.WhenAll(closed), code => Assert.Equal(1001, code));
        foreach (TestClient client in clients)
        {
            await client.DisposeAsync();
        }
    }

    // The first so many that complete.
    private static async Task<Task[]> SomeAsync<T>(Task<T>[] all, int count)
    {
        List<Task> done = [];
        while (done.Count < count)
        {
            done.Add(await Task.WhenAny(all.Except(done.OfType<Task<T>>())));
        }

        return [.. done];
    }
}
