using System.Collections.Concurrent;
using System.Diagnostics;
using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Node.Metrics;

namespace Switchboard.Node.Rooms;

/// <summary>A publisher for each room that something is being published to.</summary>
internal sealed class RoomPublishers(RoomCaller caller, PublishLimits limits, RepeatPolicy policy, NodeMetrics metrics)
{
    private readonly ConcurrentDictionary<string, RoomPublisher> _publishers = new();

    public int Count => _publishers.Count;

    public ValueTask<PublishResult> PublishAsync(RoomName room, in Publication publication)
    {
        PendingPublish pending = new(publication);
        while (true)
        {
            RoomPublisher publisher = _publishers.GetOrAdd(
                room.Value,
                static (_, call) => call.self.Begin(call.room),
                (room, self: this));
            bool? starts = publisher.Add(pending);
            if (starts == true)
            {
                Start(publisher);
            }

            if (starts is not null)
            {
                return pending.Task;
            }

            // It had nothing to do this moment; whoever ran it takes it out of the table.
            _publishers.TryRemove(KeyValuePair.Create(room.Value, publisher));
        }
    }

    private RoomPublisher Begin(RoomName room) => new(room, caller, limits, policy, metrics);

    // What it does from here on is no part of what this publish is part of.
    private void Start(RoomPublisher publisher)
    {
        Activity? current = Activity.Current;
        Activity.Current = null;
        _ = RunAsync(publisher);
        Activity.Current = current;
    }

    private async Task RunAsync(RoomPublisher publisher)
    {
        await publisher.RunAsync();
        bool keepsTurns = !publisher.IsRetired;
        while (keepsTurns)
        {
            keepsTurns = await policy.WaitAsync(KeptTurns.Length) && !publisher.TryRetire();
        }

        // One that runs again is asked again when that ends.
        if (publisher.IsRetired)
        {
            _publishers.TryRemove(KeyValuePair.Create(publisher.Room.Value, publisher));
        }
    }
}
