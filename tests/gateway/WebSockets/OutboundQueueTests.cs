using FsCheck;
using FsCheck.Fluent;
using Switchboard.Core.Feeds;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.WebSockets;

namespace Switchboard.Gateway.Tests.WebSockets;

/// <summary>The queue against a list that does the same the simple way.</summary>
public sealed class OutboundQueueTests
{
    private static readonly SlotKey[] Slots =
        [.. Enumerable.Range(0, 3).Select(i => new SlotKey(new FeedId(FeedKind.Room, "r"), $"{i}"))];

    [Fact]
    public void Queue_OfAnyHistory_HandsOutWhatTheSimpleOneDoes()
    {
        int outstanding = SharedBuffer.Outstanding;
        Gen<Operation> operations =
            from what in Gen.Choose(0, 99)
            from length in Gen.Choose(1, 20)
            from slot in Gen.Choose(-2, 2)
            select new Operation(what, length, slot);

        ForAll.Sequences(operations, runs: 1000, longest: 200, Check);

        Assert.Equal(outstanding, SharedBuffer.Outstanding);
    }

    [Fact]
    public void Slot_WrittenForLong_KeepsTheQueueSmallAndTheOthersInOrder()
    {
        OutboundQueue queue = new();
        Enqueue(queue, [1], null, bounded: true);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.Equal(i > 0, Enqueue(queue, [2, (byte)i], Slots[0], bounded: true));
            Assert.Equal(3, queue.BoundedBytes);
        }

        Enqueue(queue, [3], null, bounded: false);

        Assert.Equal([1], Take(queue, 100));
        Assert.Equal([2, 9999 & 0xFF], Take(queue, 100));
        Assert.Equal([3], Take(queue, 100));
        Assert.True(queue.IsEmpty);
        Assert.False(queue.TryTake(100, out _, out _, out _, out _));
    }

    private static void Check(IReadOnlyList<Operation> operations)
    {
        OutboundQueue queue = new();
        List<Waiting> model = [];
        byte content = 0;
        foreach (Operation operation in operations)
        {
            switch (operation.What)
            {
                case < 60:
                    byte[] bytes = [.. Enumerable.Range(0, operation.Length).Select(_ => content++)];
                    SlotKey? slot = operation.Slot < 0 ? null : Slots[operation.Slot];
                    int superseded = model.RemoveAll(waiting => slot is not null && waiting.Slot == slot && !waiting.Begun);
                    Assert.Equal(superseded == 1, Enqueue(queue, bytes, slot, operation.Slot != -2));
                    model.Add(new Waiting(bytes, slot, operation.Slot != -2, Begun: false));
                    break;
                case < 95:
                    Assert.Equal(TakeFrom(model, operation.Length), Take(queue, operation.Length));
                    break;
                case < 99:
                    queue.DropWaiting();
                    model.RemoveAll(waiting => !waiting.Begun);
                    break;
                default:
                    queue.Clear();
                    model.Clear();
                    break;
            }

            Assert.Equal(model.Sum(waiting => waiting.Bytes.Length), queue.Bytes);
            Assert.Equal(model.Where(waiting => waiting.Bounded).Sum(waiting => waiting.Bytes.Length), queue.BoundedBytes);
            Assert.Equal(model.Count == 0, queue.IsEmpty);
        }

        while (model.Count > 0)
        {
            Assert.Equal(TakeFrom(model, 7), Take(queue, 7));
        }

        Assert.True(queue.IsEmpty);
    }

    private static byte[] TakeFrom(List<Waiting> model, int most)
    {
        if (model.Count == 0)
        {
            return [];
        }

        Waiting first = model[0];
        model.RemoveAt(0);
        if (first.Bytes.Length > most)
        {
            model.Insert(0, first with { Bytes = first.Bytes[most..], Begun = true });
        }

        return first.Bytes[..Math.Min(most, first.Bytes.Length)];
    }

    private static bool Enqueue(OutboundQueue queue, byte[] bytes, SlotKey? slot, bool bounded)
    {
        SharedBuffer buffer = SharedBuffer.Rent();
        bytes.CopyTo(buffer.GetSpan(bytes.Length));
        buffer.Advance(bytes.Length);
        bool superseded = queue.Enqueue(buffer, new OutboundFrame(0, bytes.Length, DeliveryClass.Reliable, slot), bounded);
        buffer.Release();
        return superseded;
    }

    private static byte[] Take(OutboundQueue queue, int most)
    {
        if (!queue.TryTake(most, out SharedBuffer buffer, out int start, out int length, out _))
        {
            return [];
        }

        byte[] taken = buffer.Written.Slice(start, length).ToArray();
        buffer.Release();
        return taken;
    }

    private sealed record Operation(int What, int Length, int Slot);

    private sealed record Waiting(byte[] Bytes, SlotKey? Slot, bool Bounded, bool Begun);
}
