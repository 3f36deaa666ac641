using Switchboard.Load.Dialects;
using Switchboard.Load.Measuring;
using Switchboard.Load.Rooms;

namespace Switchboard.Load.Slow;

/// <summary>What members that stop reading cost the others, and the server.</summary>
internal static class SlowRun
{
    private static readonly TimeSpan _sampleInterval = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan _endingBound = TimeSpan.FromSeconds(5);

    public static SlowResult Run(SlowOptions options)
    {
        var probe = new ProcessProbe(options.Pid);
        var dialect = Dialect.Of(options.Kind, options.Url, options.Room);
        using var room = new RoomLoad(
            dialect, options.Room, options.Members, options.Size, options.Stalled, options.StalledBuffer);
        var peak = new Peak(probe, _sampleInterval);
        room.Loop.AfterTurn = () =>
        {
            room.Publisher.Tick();
            peak.Sample();
        };

        Start(room, options);
        room.Loop.Run(TimeSpan.FromSeconds(options.Warmup));
        var reading = Measure(room, probe, options);

        var rssBefore = probe.ResidentBytes();
        peak.Restart();
        var stalled = room.Members.Take(options.Stalled).ToList();
        stalled.ForEach(member => member.Stall());
        var stalling = Measure(room, probe, options);
        room.Drain();

        var unread = stalled.Where(member => member.Ending is null).Sum(member => (long)member.Waiting);
        stalled.ForEach(member => member.Resume());
        room.Loop.RunUntil(() => stalled.TrueForAll(member => member.Ending is not null), _endingBound);
        return new SlowResult(
            reading, stalling, Math.Round(stalling.P99 / reading.P99, 2), rssBefore, peak.Bytes,
            room.Missing, room.Tally.OutOfOrder, unread,
            stalled.CountBy(Describe).ToDictionary(), stalled.Sum(member => member.ReceivedSinceStall));
    }

    private static void Start(RoomLoad room, SlowOptions options)
    {
        if (options.Rate > 0)
        {
            room.Publisher.Pace(options.Rate);
        }
        else
        {
            room.Publisher.Keep(options.Inflight);
        }
    }

    private static SlowPhase Measure(RoomLoad room, ProcessProbe probe, SlowOptions options)
    {
        room.Begin();
        var published = room.Publisher.Published;
        var window = Window.Measure(room.Loop, probe, options.Seconds, () => room.Tally.Delivered);
        if (window.Count == 0)
        {
            throw new LoadException("no message reached a member that reads");
        }

        return new SlowPhase(
            room.Publisher.Published - published, window.Count, window.Seconds,
            room.Tally.Latency.Microseconds(0.5), room.Tally.Latency.Microseconds(0.99));
    }

    private static string Describe(MemberLink member) => member.Ending switch
    {
        null => "open",
        0 => "reset",
        1006 => "ended",
        { } code => $"closed {code}",
    };
}
