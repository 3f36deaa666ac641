using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Sessions;

/// <summary>Many clients at once; each checks on its own that what it sees has no gap, no repetition and one order.</summary>
public sealed class ConcurrencyTests
{
    private const int Clients = 30;
    private const int Operations = 60;

    [Fact]
    public async Task Clients_ThatJoinLeaveAndPublishAtRandom_SeeEachMessageOfTheirRoomsOnceAndInOrder()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.MessagesPerSecond = 0);
        List<Actor> actors = [];
        for (int i = 0; i < Clients; i++)
        {
            actors.Add(new Actor(await host.ConnectAsync($"u{i}", deflate: i % 3 == 0), new Random(i)));
        }

        await Task.WhenAll(actors.Select(actor => actor.RunAsync()));

        // Whoever is still in a room must get all of it.
        Dictionary<string, long> heads = actors.SelectMany(actor => actor.Published)
            .GroupBy(published => published.Room)
            .ToDictionary(room => room.Key, room => room.Max(published => published.Offset));
        await Task.WhenAll(actors.Select(actor => actor.CatchUpAsync(heads)));

        foreach (IGrouping<string, (string Room, long Offset)> room in actors.SelectMany(a => a.Published).GroupBy(p => p.Room))
        {
            Assert.Equal(room.Count(), room.Distinct().Count());
            Assert.Equal(heads[room.Key], room.Count());
        }

        foreach (Actor actor in actors)
        {
            await actor.Client.DisposeAsync();
        }
    }

    private sealed class Actor(TestClient client, Random random)
    {
        private static readonly string[] Rooms = ["a", "b", "c"];

        private readonly Dictionary<string, long> _positions = [];

        public TestClient Client => client;

        public List<(string Room, long Offset)> Published { get; } = [];

        public async Task RunAsync()
        {
            for (int id = 1; id <= Operations; id++)
            {
                string room = Rooms[random.Next(Rooms.Length)];
                if (!_positions.ContainsKey(room))
                {
                    await AskAsync(id, $$"""{"type":"join","id":{{id}},"room":"{{room}}"}""");
                }
                else if (random.Next(6) == 0)
                {
                    await AskAsync(id, $$"""{"type":"leave","id":{{id}},"room":"{{room}}"}""");
                }
                else
                {
                    string data = random.Next(4) == 0 ? Payloads.Dull(3000) : $"{id}";
                    await AskAsync(id, $$"""{"type":"publish","id":{{id}},"room":"{{room}}","data":{{data}}}""");
                }
            }
        }

        public async Task CatchUpAsync(Dictionary<string, long> heads)
        {
            while (_positions.Any(position => position.Value < heads.GetValueOrDefault(position.Key)))
            {
                Take(await client.NextAsync());
            }
        }

        private async Task AskAsync(int id, string command)
        {
            await client.SendAsync(command);
            JsonElement message;
            do
            {
                message = await client.NextAsync();
                Take(message);
            }
            while (!message.TryGetProperty("id", out JsonElement answered) || answered.GetInt32() != id);
        }

        private void Take(JsonElement message)
        {
            string room = message.Text("room");
            switch (message.Type())
            {
                case "joined":
                    _positions.Add(room, message.Number("offset"));
                    break;
                case "left":
                    Assert.True(_positions.Remove(room));
                    break;
                case "published":
                    Published.Add((room, message.Number("offset")));
                    break;
                default:
                    Assert.Equal("message", message.Type());
                    Assert.Equal(_positions[room] + 1, message.Number("offset"));
                    _positions[room]++;
                    break;
            }
        }
    }
}
