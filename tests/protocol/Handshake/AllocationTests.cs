using System.Buffers;
using System.Text;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

/// <summary>A budget: what a connection allocates once, and anybody can make it allocate without being let in.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 1000;

    private static readonly HeadLimits Limits = new();

    private static readonly ReadOnlySequence<byte> Head = new(Encoding.ASCII.GetBytes(Heads.Upgrade(
        "Origin: https://play.example",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0",
        "Accept-Language: en-GB,en;q=0.9",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
        "Sec-WebSocket-Protocol: chat")));

    [Fact]
    public void Parse_AHead_StaysWithinItsBudgetHoweverItArrives()
    {
        long whole = PerRound(() => Parse(Head.Length));
        long bytewise = PerRound(() => Parse(1));

        Assert.InRange(whole, Head.Length, 1_200);

        // A collection in the midst of a run shifts the count by a few bytes a round.
        Assert.InRange(bytewise, whole * 0.95, whole * 1.05);
    }

    [Fact]
    public void Evaluate_AnAcceptedHead_StaysWithinItsBudget()
    {
        RequestHead head = Parse(Head.Length);
        HandshakeOptions options = new() { Origins = new OriginPolicy(["https://play.example"]), Subprotocols = ["chat"] };

        long bytes = PerRound(() => Assert.True(ServerHandshake.Evaluate(head, options).IsAccepted));

        Assert.InRange(bytes, 1, 3_600);
    }

    private static RequestHead Parse(long step)
    {
        RequestHeadParser parser = default;
        RequestHeadResult result = default;
        for (long arrived = step; !result.IsDone; arrived += step)
        {
            result = parser.Parse(Head.Slice(0, arrived), Limits);
        }

        return result.Head;
    }

    private static long PerRound(Action action)
    {
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
