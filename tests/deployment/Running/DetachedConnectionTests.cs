using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Npgsql;
using Xunit.Abstractions;

namespace Switchboard.Deployment.Tests.Running;

[Collection(ClusterCollection.Name)]
public sealed class DetachedConnectionTests(RunningCluster cluster, ITestOutputHelper output)
{
    // The first few times that a program does a thing, it takes long.
    private const int WarmUp = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Row_OfADetachedConnection_GoesWhenItIsResumedOrOver(bool resumes)
    {
        (string connection, string token) = await ConnectAndVanishAsync();
        await RowsAsync(connection, 1);

        if (resumes)
        {
            using ClientWebSocket resumed = await OpenAsync(2);
            await SayAsync(resumed, $$"""{"type":"connect","id":1,"resume":"{{token}}"}""");
            Assert.True((await HearAsync(resumed)).GetProperty("resumed").GetBoolean());
            await RowsAsync(connection, 0);
        }
        else
        {
            await RowsAsync(connection, 0);
        }
    }

    // A room is joined for good once the row is gone, which may be without it. How long that takes, the output says.
    [Fact]
    public async Task Join_RightAfterAResume_IsTaken()
    {
        List<double> first = [];
        List<double> second = [];
        for (int i = 0; i < WarmUp + 50; i++)
        {
            (string connection, string token) = await ConnectAndVanishAsync();
            await RowsAsync(connection, 1);
            using ClientWebSocket resumed = await OpenAsync(2);
            await SayAsync(resumed, $$"""{"type":"connect","id":1,"resume":"{{token}}"}""");
            Assert.True((await HearAsync(resumed)).GetProperty("resumed").GetBoolean());

            first.Add(await JoinAsync(resumed, $"row-{connection}-1"));
            second.Add(await JoinAsync(resumed, $"row-{connection}-2"));
        }

        output.WriteLine($"right after a resume: {Spread(first[WarmUp..])}; the next: {Spread(second[WarmUp..])}");
    }

    private static async Task<double> JoinAsync(ClientWebSocket socket, string room)
    {
        long began = Stopwatch.GetTimestamp();
        await SayAsync(socket, $$"""{"type":"join","id":2,"room":"{{room}}"}""");
        Assert.Equal("joined", (await HearAsync(socket)).GetProperty("type").GetString());
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static string Spread(List<double> times) => string.Create(
        CultureInfo.InvariantCulture, $"median {times.Order().ElementAt(times.Count / 2):0.0} ms, at most {times.Max():0.0} ms");

    private async Task<(string Connection, string Token)> ConnectAndVanishAsync()
    {
        using ClientWebSocket socket = await OpenAsync(1);
        await SayAsync(socket, """{"type":"connect","id":1}""");
        JsonElement welcome = await HearAsync(socket);
        socket.Abort();
        return (welcome.GetProperty("connection").GetString()!, welcome.GetProperty("resume").GetString()!);
    }

    private async Task<ClientWebSocket> OpenAsync(int edge)
    {
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("switchboard.v1.json");
        await socket.ConnectAsync(
            new Uri($"ws://127.0.0.1:{cluster.Script.EdgePort(edge)}/ws?user=row"), CancellationToken.None);
        return socket;
    }

    private static Task SayAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<JsonElement> HearAsync(ClientWebSocket socket)
    {
        using CancellationTokenSource patience = new(Patience);
        byte[] buffer = new byte[16_384];
        ValueWebSocketReceiveResult result = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
        Assert.True(result.EndOfMessage);
        return JsonDocument.Parse(buffer.AsMemory(0, result.Count)).RootElement;
    }

    // Only this connection's: those whose silo was killed by other tests have a row that stays.
    private async Task RowsAsync(string connection, long count)
    {
        await using NpgsqlConnection database = new(cluster.Script.ConnectionString);
        await database.OpenAsync();
        DateTime deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            await using NpgsqlCommand command = new(
                "SELECT count(*) FROM orleansstorage WHERE grainidextensionstring = $1", database);
            command.Parameters.Add(new NpgsqlParameter { Value = connection });
            long rows = (long)(await command.ExecuteScalarAsync())!;
            if (rows == count)
            {
                return;
            }

            Assert.True(DateTime.UtcNow < deadline, $"{rows} rows are kept of connection {connection}, not {count}");
            await Task.Delay(Poll);
        }
    }
}
