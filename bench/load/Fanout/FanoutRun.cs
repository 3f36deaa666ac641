using Switchboard.Load.Dialects;
using Switchboard.Load.Measuring;
using Switchboard.Load.Rooms;

namespace Switchboard.Load.Fanout;

/// <summary>Messages delivered to the members of one room per server processor second.</summary>
internal static class FanoutRun
{
    public static FanoutResult Run(FanoutOptions options)
    {
        var probe = new ProcessProbe(options.Pid);
        var dialect = Dialect.Of(options.Kind, options.Url, options.Room);
        using var room = new RoomLoad(dialect, options.Room, options.Members, options.Size);
        room.Publisher.Keep(options.Inflight);
        room.Loop.Run(TimeSpan.FromSeconds(options.Warmup));

        room.Begin();
        var published = room.Publisher.Published;
        var window = Window.Measure(room.Loop, probe, options.Seconds, () => room.Tally.Delivered);
        published = room.Publisher.Published - published;
        room.Drain();
        return new FanoutResult(
            window.Count, window.Seconds, window.ServerCpuSeconds, window.PerCpuSecond, published,
            room.Publisher.Latency.Microseconds(0.5), room.Publisher.Latency.Microseconds(0.99),
            room.Missing, room.Tally.OutOfOrder);
    }
}
