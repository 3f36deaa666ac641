using Switchboard.Load.Publish;

namespace Switchboard.Load.Tests.Publish;

public sealed class PublishRunTests
{
    private const int Odd = 10;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Run_FaithfulRooms_CountsEachMessageForEachReceiver(int receivers)
    {
        var result = await RunAsync(new LoopbackRooms(), publishers: 2, receivers);

        Assert.True(result.Acknowledged > 0);
        Assert.Equal(receivers > 0, result.Delivered > 0);
        Assert.InRange(result.Ack.P50, 1, result.Ack.P99);
        Assert.InRange(result.Ack.P99, 1, result.Ack.Max);
        Assert.Equal(["server"], result.CpuSeconds.Keys);
        Assert.Equal(0, result.Late.Max);
    }

    [Fact]
    public async Task Run_ByTheClock_PublishesNoMoreThanWasDue()
    {
        var result = await RunAsync(new LoopbackRooms(), rate: 200);

        Assert.InRange(result.Acknowledged, 1, (200 * result.Seconds) + 20);
        Assert.True(result.Late.Max > 0);
    }

    [Fact]
    public Task Run_MessageDoubled_Throws() => FailsAtOnce(new LoopbackRooms
    {
        Deliver = (offset, text) => offset == Odd ? [text, text] : [text],
    });

    [Fact]
    public Task Run_MessageLost_Throws() => FailsAtOnce(new LoopbackRooms
    {
        Deliver = (offset, text) => offset == Odd ? [] : [text],
    });

    [Fact]
    public Task Run_MessagesSwapped_Throws()
    {
        string? held = null;
        return FailsAtOnce(new LoopbackRooms
        {
            Deliver = (offset, text) =>
            {
                if (offset == Odd)
                {
                    held = text;
                    return [];
                }

                return offset == Odd + 1 ? [text, held!] : [text];
            },
        });
    }

    [Fact]
    public Task Run_AcknowledgedTwice_Throws() => FailsAtOnce(new LoopbackRooms
    {
        Acknowledge = (offset, text) => offset == Odd ? [text, text] : [text],
    });

    [Fact]
    public Task Run_AcknowledgedAtAnotherOffset_Throws() => FailsAtTheEnd(new LoopbackRooms
    {
        Acknowledge = (offset, text) =>
            [offset == Odd ? text.Replace($":{Odd}}}", $":{Odd + 1}}}", StringComparison.Ordinal) : text],
    });

    [Fact]
    public Task Run_Refused_Throws() => FailsAtOnce(new LoopbackRooms
    {
        Acknowledge = (offset, text) => [offset == Odd ? """{"type":"error","id":1,"code":"too_fast"}""" : text],
    });

    // Seen when it comes, so the window only bounds the wait.
    private static Task<LoadException> FailsAtOnce(LoopbackRooms rooms) =>
        Assert.ThrowsAsync<LoadException>(() => RunAsync(rooms, seconds: 60));

    // Seen when all is compared at the end.
    private static Task<LoadException> FailsAtTheEnd(LoopbackRooms rooms) => Assert.ThrowsAsync<LoadException>(() => RunAsync(rooms));

    private static async Task<PublishResult> RunAsync(
        LoopbackRooms rooms, int publishers = 1, int receivers = 1, int rate = 0, int seconds = 2)
    {
        using var served = rooms;
        await using var server = new LoopbackServer(served.ServeAsync, "switchboard.v1.json");
        var options = new PublishOptions(
            [server.Url], new Dictionary<string, int> { ["server"] = Environment.ProcessId }, Rooms: 1,
            publishers, receivers, Inflight: 4, Rate: rate, Seconds: seconds, Warmup: 0);
        return await Task.Run(() => PublishRun.Run(options));
    }
}
