using Switchboard.Load.Crowds;
using Switchboard.Load.Dialects;
using Switchboard.Load.Measuring;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Idle;

/// <summary>Resident memory of connections that rest. Nothing forces the server to collect.</summary>
internal static class IdleRun
{
    private const int WarmConnections = 100;
    private const int SettledReadings = 4;
    private static readonly TimeSpan _openBound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _readingInterval = TimeSpan.FromSeconds(0.5);
    private const int MaxReadings = 30;

    public static IdleResult Run(IdleOptions options)
    {
        var probe = new ProcessProbe(options.Pid);
        using var loop = new Loop();

        // Code compiled and pools made by the first connections are not the price of the 10,000th.
        Open(loop, options, WarmConnections).Dispose();
        var before = Settle(loop, probe);
        using var crowd = Open(loop, options, options.Connections);
        var after = Settle(loop, probe);
        return new IdleResult(
            options.Connections, before, after, Math.Round((double)(after - before) / options.Connections));
    }

    private static Crowd<ScriptedLink> Open(Loop loop, IdleOptions options, int count) =>
        Crowd<ScriptedLink>.Open(
            loop, count, _openBound, (number, ready) => new ScriptedLink(loop, Greet(options, number), ready));

    private static Greeting Greet(IdleOptions options, int number)
    {
        if (options.Kind != "echo")
        {
            return Dialect.Of(options.Kind, options.Url, "idle").Connection($"idle{number}");
        }

        var greeting = new Greeting(options.Url);
        var message = $"{number:d64}";
        return options.Exchange ? greeting.Then(message, message) : greeting;
    }

    private static long Settle(Loop loop, ProcessProbe probe)
    {
        var readings = new List<long>();
        do
        {
            loop.Run(_readingInterval);
            readings.Add(probe.ResidentBytes());
        }
        while (!IsSettled(readings) && readings.Count < MaxReadings);

        return readings[^1];
    }

    private static bool IsSettled(List<long> readings)
    {
        if (readings.Count < SettledReadings)
        {
            return false;
        }

        var last = readings.TakeLast(SettledReadings);
        return last.Max() - last.Min() <= last.Max() / 200;
    }
}
