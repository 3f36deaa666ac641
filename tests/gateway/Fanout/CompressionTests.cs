using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Fanout;

/// <summary>One room, and every way in which a member's messages can be compressed.</summary>
public sealed class CompressionTests
{
    private static readonly string?[] Offers =
    [
        null,
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; server_no_context_takeover",
        "permessage-deflate",
        "permessage-deflate; server_max_window_bits=10",
        "permessage-deflate; server_no_context_takeover; server_max_window_bits=9",
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Members_OfEveryKind_ReceiveTheSameBytesInOrder(bool takeover)
    {
        await using GatewayHost host = await StartAsync(takeover);
        RawClient[] members = await JoinAsync(host);
        string[] payloads = Payload();
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("r");

        // Without waiting for the answers, so that batches of several messages are delivered.
        foreach (string data in payloads)
        {
            await ann.SendAsync($$"""{"type":"publish","room":"r","data":{{data}},"echo":false}""");
        }

        byte[][] plain = await ReceiveAsync(members[0], payloads.Length);
        for (int i = 0; i < payloads.Length; i++)
        {
            JsonElement message = JsonDocument.Parse(plain[i]).RootElement;
            Assert.Equal(i + 1, message.Number("offset"));
            Assert.Equal(payloads[i], message.GetProperty("data").GetRawText());
        }

        foreach (RawClient member in members[1..])
        {
            Assert.Equal(plain, await ReceiveAsync(member, payloads.Length));
        }

        // All that is dull and long enough: smaller on the wire, which the frame's bit says.
        int dull = payloads.Count(data => data.Length >= 256 && data[1] == 'x');
        Assert.Equal(0, members[0].CompressedMessages);
        Assert.All(members[1..], member => Assert.InRange(member.CompressedMessages, dull, int.MaxValue));
        Assert.Equal("pong", (await ann.AskAsync("""{"type":"ping"}""")).Type());
        Dispose(members);
    }

    [Fact]
    public async Task Sender_WithoutEcho_IsLeftOutOfABatchWhateverItsCompression()
    {
        await using GatewayHost host = await StartAsync(takeover: true);
        RawClient[] members = await JoinAsync(host);

        List<long>[] received = [.. members.Select(_ => new List<long>())];

        // Each sends one that all others get, one after another, then all get the last one.
        for (int i = 0; i < members.Length; i++)
        {
            await members[i].SendAsync(
                $$"""{"type":"publish","id":{{i + 1}},"room":"r","data":{{Payloads.Dull(400 + i)}},"echo":false}""");
            Assert.Equal(i + 1, await AnswerAsync(members[i], received[i]));
        }

        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("r");
        await ann.PublishAsync("r", "\"end\"");
        for (int i = 0; i < members.Length; i++)
        {
            List<long> offsets = received[i];
            while (offsets.LastOrDefault() != members.Length + 1)
            {
                offsets.Add((await members[i].NextAsync()).Number("offset"));
            }

            Assert.Equal(Enumerable.Range(1, members.Length + 1).Where(offset => offset != i + 1).Select(o => (long)o), offsets);
        }

        Dispose(members);
    }

    [Fact]
    public async Task Answers_WithTheWidestAndTheNarrowestWindow_StandAsNegotiated()
    {
        await using GatewayHost host = await StartAsync(takeover: true);
        RawClient[] members = await JoinAsync(host);

        Assert.DoesNotContain("permessage-deflate", members[0].Head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("server_no_context_takeover", members[3].Head, StringComparison.Ordinal);
        Assert.Contains("server_max_window_bits=10", members[4].Head, StringComparison.Ordinal);
        Assert.Contains("server_no_context_takeover", members[5].Head, StringComparison.Ordinal);
        Assert.Contains("server_max_window_bits=9", members[5].Head, StringComparison.Ordinal);
        Dispose(members);
    }

    [Fact]
    public async Task KeptWindow_MakesARepeatedMessageSmallAndAWindowBegunAnewDoesNot()
    {
        await using GatewayHost host = await StartAsync(takeover: true);
        using RawClient keeps = await RawClient.JoinAsync(host, "keeps", "r", Offers[3]);
        using RawClient anew = await RawClient.JoinAsync(host, "anew", "r", Offers[1]);
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("r");
        string data = Payloads.Noise(1, 3000);

        await ann.PublishAsync("r", data);
        await ann.PublishAsync("r", data);

        int first = (await keeps.FrameAsync()).Payload.Length;
        int second = (await keeps.FrameAsync()).Payload.Length;
        Assert.InRange(second, 1, first / 10);
        Assert.InRange((await anew.FrameAsync()).Payload.Length, first - 100, first + 100);
        Assert.InRange((await anew.FrameAsync()).Payload.Length, first - 100, first + 100);
    }

    private static Task<GatewayHost> StartAsync(bool takeover) => GatewayHost.StartAsync(options =>
    {
        options.Deflate.AllowServerContextTakeover = takeover;
        options.Deflate.AllowClientContextTakeover = takeover;
        options.Limits.MessagesPerSecond = 0;
    });

    private static async Task<RawClient[]> JoinAsync(GatewayHost host)
    {
        List<RawClient> members = [];
        foreach (string? offer in Offers)
        {
            members.Add(await RawClient.JoinAsync(host, $"m{members.Count}", "r", offer));
        }

        return [.. members];
    }

    private static string[] Payload()
    {
        int[] sizes = [2, 100, 255, 256, 257, 1000, 5000, 30_000, 60_000, 3];
        return
        [
            .. sizes.Select(Payloads.Dull),
            .. sizes.Select((size, i) => Payloads.Noise(i, size)),
            .. Enumerable.Range(0, 30).Select(i => Payloads.Dull(300 + i)),
        ];
    }

    private static async Task<byte[][]> ReceiveAsync(RawClient member, int count)
    {
        byte[][] messages = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            messages[i] = await member.MessageAsync();
        }

        return messages;
    }

    // The answer to a publish; the offsets of messages that come before it are kept.
    private static async Task<long> AnswerAsync(RawClient member, List<long> offsets)
    {
        while (true)
        {
            JsonElement message = await member.NextAsync();
            if (message.Type() == "published")
            {
                return message.Number("id");
            }

            offsets.Add(message.Number("offset"));
        }
    }

    private static void Dispose(RawClient[] members)
    {
        foreach (RawClient member in members)
        {
            member.Dispose();
        }
    }
}
