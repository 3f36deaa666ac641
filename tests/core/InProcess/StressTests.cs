using System.Collections.Concurrent;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.InProcess;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.InProcess;

public class StressTests
{
    [Fact]
    public async Task Publish_ManyThreadsAndRooms_DeliversEachFeedInOrderWithoutLoss()
    {
        const int Rooms = 3;
        const int Threads = 4;
        const int Messages = 3_000;
        var edge = new CountingEdge();
        await using var backplane = new InProcessBackplane(new InProcessOptions(), new FakeTime());
        backplane.Attach(edge);
        OpenResult ann = await backplane.OpenAsync(Some.Ann);
        RoomName[] rooms = [.. Enumerable.Range(0, Rooms).Select(index => new RoomName($"room-{index}"))];
        foreach (RoomName room in rooms)
        {
            await backplane.JoinAsync(ann.Connection, room, default);
        }

        var acked = new ConcurrentDictionary<(RoomName, long), bool>();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < Messages; i++)
            {
                RoomName room = rooms[i % Rooms];
                PublishResult result = await backplane.PublishAsync(room, Some.Reliable());
                Assert.True(acked.TryAdd((room, result.Position.Offset), true));
            }
        })));
        await edge.WhenAsync(() => edge.Delivered == Threads * Messages, "all delivered");

        Assert.Equal(0, edge.Violations);
        Assert.Equal(Threads * Messages, acked.Count);
        Assert.All(rooms, room => Assert.Equal(Threads * Messages / Rooms, edge.LastOf(FeedId.Of(room))));
    }

    [Fact]
    public async Task Client_DetachedAndResumedUnderLoad_SeesEachMessageOnce()
    {
        const int Messages = 4_000;
        var options = new InProcessOptions();
        options.Rooms.Default.Feed.MaxCount = 10_000;
        var client = new ResumingClient();
        await using var backplane = new InProcessBackplane(options, new FakeTime());
        backplane.Attach(client);
        await client.StartAsync(backplane);

        Task publishers = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < Messages / 2; i++)
            {
                await backplane.PublishAsync(Some.Room, Some.Reliable());
                if (i % 16 == 0)
                {
                    Thread.Yield();
                }
            }
        })));
        int resumes = 0;
        do
        {
            await client.ReconnectAsync(backplane, detachFirst: resumes % 2 == 0);
            resumes++;
            Thread.Yield();
        }
        while (!publishers.IsCompleted);
        await publishers;
        await client.WhenAsync(() => client.Last == Messages, "all seen");

        Assert.Equal("", client.Problem);
    }

    [Fact]
    public async Task Lifecycle_ManyThreads_LeavesNothingBehind()
    {
        var time = new FakeTime();
        await using var backplane = new InProcessBackplane(new InProcessOptions(), time);
        backplane.Attach(new CountingEdge());
        UserName[] users = [Some.Ann, Some.Bob];
        RoomName[] rooms = [Some.Room, new RoomName("other")];

        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (int i = 0; i < 500; i++)
            {
                UserName user = users[random.Next(2)];
                RoomName room = rooms[random.Next(2)];
                OpenResult opened = await backplane.OpenAsync(user);
                JoinResult joined = await backplane.JoinAsync(opened.Connection, room, new JoinOptions(null, true, default));
                Assert.Equal(BackplaneStatus.Ok, joined.Status);
                await backplane.PublishAsync(room, Some.Reliable(from: new Sender(user, opened.Connection)));
                await backplane.SendAsync(user, Some.Reliable());
                Task<ResumeResult> race = Task.Run(
                    async () => await backplane.ResumeAsync(user, opened.Token, null, null));
                Task<JoinResult> join = Task.Run(
                    async () => await backplane.JoinAsync(opened.Connection, rooms[1 - Array.IndexOf(rooms, room)], default));
                await backplane.DetachAsync(opened.Connection, 1);
                await Task.WhenAll(race, join);
                await backplane.CloseAsync(opened.Connection, (await race).Attachment);
            }
        })));

        Assert.Equal(0, backplane.ConnectionCount);
        OpenResult last = await backplane.OpenAsync(Some.Ann);
        foreach (RoomName room in rooms)
        {
            await backplane.JoinAsync(last.Connection, room, default);
            Assert.Equal(1, (await backplane.PresenceAsync(last.Connection, room)).Presence!.Count);
        }

        await backplane.CloseAsync(last.Connection, 1);
        time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal((0, 0, 0), (backplane.ConnectionCount, backplane.UserCount, backplane.RoomCount));
    }

    /// <summary>Counts what is delivered, and what breaks the rules of the port.</summary>
    private sealed class CountingEdge : WaitingEdge
    {
        private readonly ConcurrentDictionary<FeedId, long> _last = new();
        private readonly ConcurrentDictionary<FeedId, bool> _busy = new();
        private int _delivered;
        private int _violations;

        public int Delivered => Volatile.Read(ref _delivered);

        public int Violations => Volatile.Read(ref _violations);

        public long LastOf(FeedId feed) => _last[feed];

        public override void Deliver(FeedId feed, Epoch epoch, IReadOnlyList<FeedEntry> entries)
        {
            bool alone = _busy.TryAdd(feed, true);
            long last = _last.GetValueOrDefault(feed);
            foreach (FeedEntry entry in entries)
            {
                if (!alone || entry.Offset != ++last)
                {
                    Interlocked.Increment(ref _violations);
                }
            }

            _last[feed] = last;
            _busy.TryRemove(feed, out _);
            Interlocked.Add(ref _delivered, entries.Count);
            Notify();
        }
    }

    /// <summary>One client as a gateway keeps it: what is delivered before a rejoin has returned waits for it.</summary>
    private sealed class ResumingClient : WaitingEdge
    {
        private readonly Lock _lock = new();
        private readonly List<long> _early = [];
        private OpenResult _opened;
        private Position _start;
        private long _attachment = 1;
        private long _last;
        private bool _receives;
        private bool _rejoining;

        public long Last => Volatile.Read(ref _last);

        public string Problem { get; private set; } = "";

        public async Task StartAsync(InProcessBackplane backplane)
        {
            _opened = await backplane.OpenAsync(Some.Ann);
            _start = (await backplane.JoinAsync(_opened.Connection, Some.Room, default)).Feed.Head;
            _receives = true;
        }

        public async Task ReconnectAsync(InProcessBackplane backplane, bool detachFirst)
        {
            lock (_lock)
            {
                _receives = false;
            }

            if (detachFirst)
            {
                await backplane.DetachAsync(_opened.Connection, _attachment);
            }

            _attachment = (await backplane.ResumeAsync(Some.Ann, _opened.Token, null, null)).Attachment;
            lock (_lock)
            {
                _early.Clear();
                _rejoining = true;
            }

            JoinResult joined = await backplane.RejoinAsync(
                _opened.Connection, Some.Room, _start with { Offset = _last });
            lock (_lock)
            {
                if (joined.Feed.Outcome != RecoveryOutcome.Recovered)
                {
                    Problem = $"{joined.Status} {joined.Feed.Outcome}";
                }

                See(joined.Feed.Missed.Offsets());
                See(_early.Where(offset => offset > joined.Feed.Head.Offset));
                _rejoining = false;
                _receives = true;
            }

            Notify();
        }

        public override void Deliver(FeedId feed, Epoch epoch, IReadOnlyList<FeedEntry> entries)
        {
            lock (_lock)
            {
                if (_rejoining)
                {
                    _early.AddRange(entries.Offsets());
                }
                else if (_receives)
                {
                    See(entries.Offsets().Where(offset => offset > _last));
                }
            }

            Notify();
        }

        private void See(IEnumerable<long> offsets)
        {
            foreach (long offset in offsets)
            {
                if (offset != _last + 1)
                {
                    Problem = $"{offset} after {_last}";
                }

                Volatile.Write(ref _last, offset);
            }
        }
    }

    private abstract class WaitingEdge : IEdge
    {
        private TaskCompletionSource _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public abstract void Deliver(FeedId feed, Epoch epoch, IReadOnlyList<FeedEntry> entries);

        public void Lost(FeedId feed, Position now) => throw new InvalidOperationException("nothing may be lost");

        public void Presence(RoomName room, PresenceChange change)
        {
        }

        public void Disconnect(ConnectionId connection, long attachment, DisconnectReason reason)
        {
        }

        public async Task WhenAsync(Func<bool> condition, string phase)
        {
            while (true)
            {
                Task signal = Volatile.Read(ref _signal).Task;
                if (condition())
                {
                    return;
                }

                try
                {
                    await signal.WaitAsync(TimeSpan.FromSeconds(20));
                }
                catch (TimeoutException)
                {
                    Assert.Fail(phase);
                }
            }
        }

        protected void Notify() => Interlocked
            .Exchange(ref _signal, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
            .TrySetResult();
    }
}
