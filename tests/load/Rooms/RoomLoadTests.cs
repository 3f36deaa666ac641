using Switchboard.Load.Dialects;
using Switchboard.Load.Rooms;

namespace Switchboard.Load.Tests.Rooms;

public sealed class RoomLoadTests
{
    private const int Members = 5;
    private const int Messages = 50;
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    [Fact]
    public Task Publish_FaithfulRoom_EachMessageCountsForEachMember() =>
        RunAsync(new LoopbackRoom(), load =>
        {
            load.Drain();
            Assert.Equal(0, load.Missing);
            Assert.Equal(0, load.Tally.OutOfOrder);
            Assert.Equal(load.Publisher.Published * Members, load.Tally.Delivered);
            Assert.Equal(load.Tally.Delivered, load.Tally.Latency.Count);
            Assert.Equal(load.Publisher.Published, load.Publisher.Latency.Count);
        });

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, -1)]
    public Task Publish_OneDeliveryIsLostOrDoubled_IsReported(int copies, long missing) =>
        RunAsync(
            new LoopbackRoom
            {
                Deliver = (member, number, text) =>
                    member == 2 && number == 10 ? [.. Enumerable.Repeat(text, copies)] : [text],
            },
            load =>
            {
                load.Publisher.Keep(0);
                load.Loop.RunUntil(
                    () => load.Publisher.Acknowledged == load.Publisher.Published && load.Missing == missing, _bound);
                Assert.Equal(missing, load.Missing);
                Assert.Equal(1, load.Tally.OutOfOrder);
            });

    private static async Task RunAsync(LoopbackRoom room, Action<RoomLoad> finish)
    {
        await using var server = new LoopbackServer(room.ServeAsync, "switchboard.v1.json");
        await Task.Run(() =>
        {
            using var load = new RoomLoad(Dialect.Of("switchboard", server.Url, "r"), "r", Members, size: 64);
            load.Publisher.Keep(4);
            Assert.True(
                load.Loop.RunUntil(() => load.Publisher.Acknowledged >= Messages, _bound), "no acknowledgements");
            finish(load);
        });
    }
}
