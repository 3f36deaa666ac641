using FsCheck;
using FsCheck.Fluent;
using Switchboard.Core.Feeds;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Feeds;

public class EdgeOutboxPropertyTests
{
    private static readonly Gen<(int Kind, int Value)> AnyOperation =
        from kind in Gen.Choose(0, 9)
        from value in Gen.Choose(0, 9)
        select (kind, value);

    private enum Fate
    {
        Arrived,
        NeverArrived,
        ArrivedUnnoticed,
    }

    [Fact]
    public void Outbox_AnyFailures_WhatArrivesIsCompleteInOrderOrCoveredByLoss()
    {
        ForAll.Sequences(AnyOperation, 500, 120, operations =>
        {
            var outbox = new EdgeOutbox(
                Some.Edge, new OutboxOptions { MaxPendingCount = 6, MaxPendingBytes = 30, MaxBatchCount = 4 })
            {
                Receivers = 1,
            };
            var edge = new Receiver();
            var sent = new List<FeedEntry>();
            long head = 0;
            foreach ((int kind, int value) in operations)
            {
                if (kind < 7)
                {
                    FeedEntry entry = kind switch
                    {
                        < 3 => Some.Entry(++head, bytes: value),
                        < 6 => Some.Entry(++head, DeliveryClass.Latest, $"slot-{value % 3}", value),
                        _ => Some.Entry(0, DeliveryClass.Volatile, bytes: value),
                    };
                    sent.Add(entry);
                    outbox.Append(entry, Some.At(head));
                }
                else
                {
                    Deliver(outbox, edge, (Fate)(value % 3));
                }
            }

            while (outbox.HasWork)
            {
                Deliver(outbox, edge, Fate.Arrived);
            }

            edge.AssertAccountsFor(sent);
        });
    }

    private static void Deliver(EdgeOutbox outbox, Receiver edge, Fate fate)
    {
        if (!outbox.TryTake(out EdgeBatch batch))
        {
            return;
        }

        edge.AssertGoesOn(batch);
        if (fate != Fate.NeverArrived)
        {
            edge.Receive(batch);
        }

        if (fate == Fate.Arrived)
        {
            outbox.Complete();
        }
        else
        {
            outbox.Fail();
            edge.ExpectAgain(batch);
        }
    }

    /// <summary>An edge: passes over the offsets that it has seen, and notes what it was told is lost.</summary>
    private sealed class Receiver
    {
        private readonly List<FeedEntry> _received = [];
        private readonly List<(long After, long Through)> _lost = [];
        private long _seen;
        private long _goesOnAfter;

        /// <summary>Every batch goes on where the one before it ended, or after a loss.</summary>
        public void AssertGoesOn(EdgeBatch batch)
        {
            Assert.Equal(batch.Lost?.Offset ?? _goesOnAfter, batch.After);
            Assert.All(
                batch.Entries.Where(entry => entry.Class != DeliveryClass.Volatile),
                entry => Assert.InRange(entry.Offset, batch.After + 1, batch.Through));
            _goesOnAfter = batch.Through;
        }

        public void ExpectAgain(EdgeBatch batch) => _goesOnAfter = batch.After;

        public void Receive(EdgeBatch batch)
        {
            if (batch.Lost is { } lost && lost.Offset > _seen)
            {
                _lost.Add((_seen, lost.Offset));
                _seen = lost.Offset;
            }

            foreach (FeedEntry entry in batch.Entries)
            {
                if (entry.Class == DeliveryClass.Volatile)
                {
                    _received.Add(entry);
                }
                else if (entry.Offset > _seen)
                {
                    _received.Add(entry);
                    _seen = entry.Offset;
                }
            }
        }

        public void AssertAccountsFor(List<FeedEntry> sent)
        {
            Assert.Equal(_received.Count, _received.Distinct().Count());

            // What arrived stands in the order in which it was sent, volatile entries too.
            Assert.Equal(sent.Where(_received.Contains), _received);
            foreach (FeedEntry entry in sent.Where(entry => entry.Class != DeliveryClass.Volatile))
            {
                bool superseded = entry.Slot is not null
                    && sent.Any(newer => newer.Slot == entry.Slot && newer.Offset > entry.Offset);
                bool lost = _lost.Any(gap => entry.Offset > gap.After && entry.Offset <= gap.Through);
                Assert.True(superseded || lost || _received.Contains(entry), $"offset {entry.Offset} is missing");
            }
        }
    }
}
