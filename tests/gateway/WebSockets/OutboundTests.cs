using Switchboard.Core.Feeds;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.WebSockets;

public sealed class OutboundTests
{
    private static readonly SlotKey Slot = new(new FeedId(FeedKind.Room, "r"), "s");
    private static readonly byte[] CloseFrame = [0x88, 2, 0x03, 0xE8];

    [Fact]
    public async Task Frames_BeforeAFlush_LeaveTogether()
    {
        await using OutboundRig rig = new();
        rig.Outbound.SendHead("head"u8);
        rig.Send((1, 10), (2, 300));
        rig.Outbound.Send(Opcode.Binary, OutboundRig.Bytes(3, 600));
        Assert.Empty(rig.TakeOnce());

        rig.Outbound.Flush();

        Assert.Equal([.. "head"u8, .. Frames((1, 10), (2, 300), (3, 600))], rig.TakeOnce());
        Assert.Empty(rig.Take());
    }

    [Fact]
    public async Task Frames_WhileAFlushIsPending_WaitAndLeaveWithTheNextOneInOrder()
    {
        await using OutboundRig rig = new();
        rig.Send((1, 10));
        rig.Outbound.Flush();
        rig.Send((2, 10), (3, 10));
        rig.Outbound.Send(Opcode.Binary, OutboundRig.Bytes(4, 10));
        rig.Send((5, 10));
        rig.Outbound.Flush();

        Assert.Equal(Frames((1, 10)), rig.TakeOnce());
        Assert.Equal(Frames((2, 10), (3, 10), (4, 10), (5, 10)), rig.TakeOnce());
        Assert.Empty(rig.Take());
        Assert.Equal(2, rig.Progress);

        rig.Send((6, 10));
        rig.Outbound.Flush();
        Assert.Equal(Frames((6, 10)), rig.Take());
    }

    [Fact]
    public async Task Queue_ThatIsFull_TakesNoMoreAndTellsOnceItIsHalfEmpty()
    {
        await using OutboundRig rig = new(maxQueueBytes: 100_000);
        Stall(rig);

        Assert.Equal(3, rig.Send((1, 30_000), (2, 30_000), (3, 30_000), (4, 30_000), (5, 1)));
        Assert.Equal(0, rig.Send((6, 30_000)));
        Assert.False(rig.Outbound.HasRoom);
        Assert.True(rig.Outbound.TellWhenDrained());
        rig.Outbound.Send(Opcode.Binary, OutboundRig.Bytes(7, 50_000));

        byte[] all = rig.Take();

        Assert.Equal([.. Frames((0, 1), (1, 30_000), (2, 30_000), (3, 30_000), (7, 50_000))], all);
        Assert.Equal(1, rig.Drained);
        Assert.True(rig.Outbound.HasRoom);
        Assert.False(rig.Outbound.TellWhenDrained());
    }

    [Fact]
    public async Task Queue_ThatNeverWasFull_TellsNothing()
    {
        await using OutboundRig rig = new();
        Stall(rig);
        rig.Send((1, 1000));

        rig.Take();

        Assert.Equal(0, rig.Drained);
    }

    [Fact]
    public async Task Message_LargerThanTheQueue_IsTakenWhenNoneWaits()
    {
        await using OutboundRig rig = new(maxQueueBytes: 1024);

        Assert.Equal(1, rig.Send((1, 100_000), (2, 1)));
        Assert.True(rig.Outbound.TellWhenDrained());
        rig.Outbound.Flush();

        Assert.Equal(Frames((1, 100_000)), rig.Take());
        Assert.Equal(1, rig.Drained);
    }

    [Fact]
    public async Task Message_OfManyFlushes_LeavesWholeInPiecesThatAreBounded()
    {
        await using OutboundRig rig = new(maxQueueBytes: 10_000_000);
        rig.Send((1, 300_000), (2, 5));
        rig.Outbound.Send(Opcode.Binary, OutboundRig.Bytes(3, 100_000));
        rig.Outbound.Flush();

        List<byte> all = [];
        for (byte[] piece = rig.TakeOnce(); piece.Length != 0; piece = rig.TakeOnce())
        {
            Assert.InRange(piece.Length, 1, 64 * 1024);
            all.AddRange(piece);
        }

        Assert.Equal(Frames((1, 300_000), (2, 5), (3, 100_000)), all);
    }

    [Fact]
    public async Task Volatile_IsDroppedBehindTheBoundOrWhereItDoesNotFitAndReliableIsNot()
    {
        await using OutboundRig rig = new(maxQueueBytes: 1000, behindBytes: 500);
        Stall(rig);
        Assert.Equal(1, rig.Send(DeliveryClass.Volatile, null, (1, 100)));
        Assert.Equal(1, rig.Send(DeliveryClass.Volatile, null, (2, 950)));
        Assert.Equal(1, rig.Send((3, 400)));
        Assert.Equal(2, rig.Send(DeliveryClass.Volatile, null, (4, 10), (5, 10)));
        Assert.Equal(1, rig.Send((6, 100)));

        Assert.Equal(3, rig.Dropped);
        Assert.Equal(Frames((0, 1), (1, 100), (3, 400), (6, 100)), rig.Take());
        Assert.Equal(0, rig.Drained);
    }

    [Fact]
    public async Task Latest_WhileItWaits_IsReplacedAtTheEnd()
    {
        await using OutboundRig rig = new();
        Stall(rig);
        rig.Send(DeliveryClass.Latest, Slot, (1, 10));
        rig.Send((2, 10));
        rig.Send(DeliveryClass.Latest, Slot with { Slot = "other" }, (3, 10));
        rig.Send(DeliveryClass.Latest, Slot, (4, 10), (5, 20));

        Assert.Equal(2, rig.Superseded);
        Assert.Equal(Frames((0, 1), (2, 10), (3, 10), (5, 20)), rig.Take());
    }

    [Fact]
    public async Task Close_StandsBehindTheQueueAndIsTheLast()
    {
        await using OutboundRig rig = new();
        Stall(rig);
        rig.Send((1, 10));
        Assert.True(rig.Outbound.SendClose([0x03, 0xE8], dropQueue: false));
        Assert.False(rig.Outbound.SendClose([0x03, 0xE9], dropQueue: true));
        Assert.Equal(1, rig.Send((2, 10)));
        rig.Outbound.Send(Opcode.Ping, []);

        Assert.Equal([.. Frames((0, 1), (1, 10)), .. CloseFrame], rig.Take());
    }

    [Fact]
    public async Task Close_ThatDropsTheQueue_LeavesTheFrameThatHasBegunWhole()
    {
        await using OutboundRig rig = new();
        rig.Send((1, 200_000));
        rig.Outbound.Flush();
        rig.Send((2, 10), (3, 10));

        rig.Outbound.SendClose([0x03, 0xE8], dropQueue: true);

        Assert.Equal([.. Frames((1, 200_000)), .. CloseFrame], rig.Take());
    }

    [Fact]
    public async Task FlushAsync_CompletesWhenLittleEnoughWaitsOrNothingAtAll()
    {
        await using OutboundRig rig = new();
        Stall(rig);
        rig.Send((1, 60_000), (2, 60_000), (3, 60_000));

        Task behind = rig.Outbound.FlushAsync(120_000).AsTask();
        Assert.False(behind.IsCompleted);
        rig.TakeOnce();
        Assert.True(behind.IsCompletedSuccessfully);

        Task all = rig.Outbound.FlushAsync().AsTask();
        rig.TakeOnce();
        Assert.False(all.IsCompleted);
        rig.Take();
        Assert.True(all.IsCompletedSuccessfully);
        Assert.True(rig.Outbound.FlushAsync().AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task End_DropsWhatWaitsAndKeepsNoBuffer()
    {
        int outstanding = SharedBuffer.Outstanding;
        await using OutboundRig rig = new();
        rig.Send((1, 200_000));
        rig.Outbound.Flush();
        rig.Send((2, 10), (3, 10));
        Assert.NotEqual(outstanding, SharedBuffer.Outstanding);

        rig.Outbound.End();
        Task ended = rig.Outbound.FlushAsync().AsTask();
        rig.Send((4, 10));

        Assert.Equal(outstanding, SharedBuffer.Outstanding);
        Assert.False(ended.IsCompleted);
        Assert.Equal(64 * 1024, rig.Take().Length);
        Assert.True(ended.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Socket_ThatIsGone_EndsTheSendingAndKeepsNoBuffer()
    {
        int outstanding = SharedBuffer.Outstanding;
        await using OutboundRig rig = new();
        Stall(rig);
        rig.Send((1, 100_000), (2, 100_000));
        Task flushed = rig.Outbound.FlushAsync().AsTask();

        rig.Break();

        Assert.True(flushed.IsCompletedSuccessfully);
        Assert.Equal(outstanding, SharedBuffer.Outstanding);
        Assert.Equal(1, rig.Send((3, 10)));
        Assert.False(rig.Outbound.SendClose([], dropQueue: false));
        Assert.Equal(outstanding, SharedBuffer.Outstanding);
    }

    private static byte[] Frames(params (byte Content, int Length)[] frames) =>
        [.. frames.SelectMany(frame => OutboundRig.Frame(frame.Content, frame.Length))];

    // A flush of one frame (0, 1) is under way until the test takes it.
    private static void Stall(OutboundRig rig)
    {
        rig.Send((0, 1));
        rig.Outbound.Flush();
    }
}
