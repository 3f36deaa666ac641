using System.Diagnostics;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Measuring;

/// <summary>What was counted over one measured stretch of time, and the processor time that the server spent on
/// it.</summary>
internal sealed record Window(long Count, double Seconds, double ServerCpuSeconds)
{
    /// <summary>The figure that is compared: 0 when the server used no measurable time.</summary>
    public double PerCpuSecond => ServerCpuSeconds > 0 ? Math.Round(Count / ServerCpuSeconds) : 0;

    /// <summary>Runs <paramref name="loop"/> for <paramref name="seconds"/> and takes the difference of
    /// <paramref name="counter"/>.</summary>
    public static Window Measure(Loop loop, ProcessProbe probe, double seconds, Func<long> counter)
    {
        var cpu = probe.CpuSeconds();
        var count = counter();
        var started = Stopwatch.GetTimestamp();
        loop.Run(TimeSpan.FromSeconds(seconds));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Window(
            counter() - count, Math.Round(elapsed, 3), Math.Round(probe.CpuSeconds() - cpu, 2));
    }
}
