using FsCheck;
using FsCheck.Fluent;
using Switchboard.Core.Feeds;
using Switchboard.Core.Tests.Testing;
using Switchboard.GrainInterfaces.Edges;
using Switchboard.Node.Feeds;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests.Feeds;

/// <summary>
/// A feed that is delivered over a line that loses calls, loses answers and repeats itself, and that now and then
/// forgets its history or begins anew: the edge sees each entry once, in order, or is told of a loss.
/// </summary>
public sealed class FeedCursorPropertyTests
{
    private enum Step
    {
        Publish,
        Deliver,
        LoseCall,
        LoseAnswer,
        RepeatOlder,
        SkipAhead,
        Forget,
        BeginAnew,
    }

    [Fact]
    public void Feed_OverAFaultyLine_IsSeenOnceInOrderOrToldLost()
    {
        Gen<Step> steps = Gen.Frequency(
            (6, Gen.Constant(Step.Publish)),
            (6, Gen.Constant(Step.Deliver)),
            (2, Gen.Constant(Step.LoseCall)),
            (2, Gen.Constant(Step.LoseAnswer)),
            (2, Gen.Constant(Step.RepeatOlder)),
            (1, Gen.Constant(Step.SkipAhead)),
            (1, Gen.Constant(Step.Forget)),
            (1, Gen.Constant(Step.BeginAnew)));

        ForAll.Sequences(steps, 2000, 60, static operations =>
        {
            Line line = new();
            foreach (Step step in operations)
            {
                line.Run(step);
            }

            line.Deliver(called: true, answered: true);
            line.Deliver(called: true, answered: true);
            line.CheckAtTheEnd();
        });
    }

    // The feed as its owner knows it, the line, and what the edge has made of it.
    private sealed class Line
    {
        private readonly FeedCursor _cursor = new();
        private readonly List<Delivery> _sent = [];
        private Epoch _epoch = Some.Epoch;
        private long _head = 5;
        private long _oldest;
        private long _acknowledged = 5;
        private Position? _lost;
        private Position _toldTo = Some.At(5);

        public Line()
        {
            _cursor.TryEnter();
            _cursor.Settle(Some.At(5));
        }

        public void Run(Step step)
        {
            switch (step)
            {
                case Step.Publish:
                    _head++;
                    break;
                case Step.Deliver:
                    Deliver(called: true, answered: true);
                    break;
                case Step.LoseCall:
                    Deliver(called: false, answered: false);
                    break;
                case Step.LoseAnswer:
                    Deliver(called: true, answered: false);
                    break;
                case Step.RepeatOlder when _sent.Count > 0:
                    // Only of this life: an owner that was replaced is heard no more.
                    Hand(_sent[^Math.Min(_sent.Count, 2)]);
                    break;
                case Step.SkipAhead:
                    // An owner that believes that the edge has seen more than it has.
                    _acknowledged = _head;
                    break;
                case Step.Forget:
                    _oldest = _head;
                    break;
                case Step.BeginAnew:
                    _epoch = new Epoch(_epoch.Value + 1);
                    (_head, _oldest, _acknowledged, _lost) = (3, 3, 3, null);
                    _sent.Clear();
                    break;
            }
        }

        public void Deliver(bool called, bool answered)
        {
            Delivery delivery = Next();
            _sent.Add(delivery);
            if (!called)
            {
                return;
            }

            Position? behind = Hand(delivery);
            if (!answered)
            {
                return;
            }

            if (behind is not { } seen)
            {
                _acknowledged = delivery.Through;
                _lost = null;
            }
            else if (seen.Epoch == _epoch && seen.Offset >= _oldest)
            {
                _acknowledged = seen.Offset;
            }
            else
            {
                _lost = new Position(_epoch, _head);
                _acknowledged = _head;
            }
        }

        public void CheckAtTheEnd()
        {
            // All of it is there by now, unless the owner believes that it was seen.
            Position seen = _cursor.Seen!.Value;
            Assert.True(seen == _toldTo, $"the cursor stands at {seen}, but {_toldTo} was handed over");
            Assert.True(seen.Epoch != _epoch || seen.Offset <= _head);
        }

        private Delivery Next()
        {
            long after = _lost?.Offset ?? _acknowledged;
            long[] offsets = [.. Enumerable.Range(0, (int)(_head - after)).Select(index => after + 1 + index)];
            return new Delivery
            {
                Feed = Tests.Testing.Deliver.Feed,
                Epoch = _epoch,
                After = after,
                Through = _head,
                Lost = _lost,
                Presence = [],
                Entries = [.. offsets.Select(static offset => Some.Entry(offset))],
            };
        }

        private Position? Hand(Delivery delivery)
        {
            Taking taking = _cursor.Take(delivery);
            if (taking.Lost is { } lost)
            {
                Assert.True(lost.Epoch != _toldTo.Epoch || lost.Offset > _toldTo.Offset);
                _toldTo = lost;
            }

            foreach (FeedEntry entry in taking.Entries)
            {
                Assert.Equal(_toldTo.Epoch, delivery.Epoch);
                Assert.Equal(_toldTo.Offset + 1, entry.Offset);
                _toldTo = _toldTo with { Offset = entry.Offset };
            }

            return taking.Behind;
        }
    }
}
