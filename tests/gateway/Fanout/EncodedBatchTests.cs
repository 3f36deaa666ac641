using Switchboard.Core.Feeds;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Deflate;

namespace Switchboard.Gateway.Tests.Fanout;

public sealed class EncodedBatchTests
{
    private static readonly FeedId Id = new(FeedKind.Room, "r");

    [Fact]
    public async Task Delivery_ToManyMembers_EncodesEachMessageOncePerCodec()
    {
        CountingCodec first = new();
        CountingCodec second = new();
        using MessageDeflaterPool pool = new();
        using PerMessageDeflate deflate = new(pool, minimumBytes: 1_000_000);
        LocalFeed feed = new(Id);
        SessionRig[] members =
        [
            new(first), new(second), new(first, deflate), new(first), new(second, deflate), new(first, deflate), new(second),
        ];
        foreach (SessionRig member in members)
        {
            member.Join(feed);
        }

        int outstanding = SharedBuffer.Outstanding;
        feed.Deliver([SessionRig.Entry(1), SessionRig.Entry(2), SessionRig.Entry(3)]);
        Assert.Equal((3, 3), (first.Messages, second.Messages));
        feed.Deliver([SessionRig.Entry(4)]);
        Assert.Equal((4, 4), (first.Messages, second.Messages));

        foreach (SessionRig member in members)
        {
            await member.ShouldGetAsync(1, 2, 3, 4);
            await member.DisposeAsync();
        }

        Assert.Equal(outstanding, SharedBuffer.Outstanding);
    }

    [Fact]
    public void Batch_UsedAgain_HoldsTheNewEntriesAndNoBufferInBetween()
    {
        int outstanding = SharedBuffer.Outstanding;
        CountingCodec codec = new();
        EncodedBatch batch = new(codec, Id);
        batch.EncodeOnce([SessionRig.Entry(1), SessionRig.Entry(2)]);
        batch.EncodeOnce([SessionRig.Entry(1), SessionRig.Entry(2)]);
        Assert.Equal(2, codec.Messages);
        Assert.Equal(2, batch.PlainFrames.Length);
        Assert.Equal(batch.Plain.Length, batch.PlainFrames[0].Length + batch.PlainFrames[1].Length);
        Assert.Equal(batch.PlainFrames[0].Length, batch.PlainFrames[1].Start);

        batch.Dispose();
        Assert.Equal(outstanding, SharedBuffer.Outstanding);
        batch.EncodeOnce([SessionRig.Entry(3)]);

        Assert.Equal(3, codec.Messages);
        Assert.Equal(1, batch.PlainFrames.Length);
        batch.Dispose();
        Assert.Equal(outstanding, SharedBuffer.Outstanding);
    }
}
