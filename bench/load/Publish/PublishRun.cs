using System.Diagnostics;
using System.Security.Cryptography;
using Switchboard.Load.Measuring;

namespace Switchboard.Load.Publish;

/// <summary>Messages acknowledged and delivered over many rooms, and what each process spent on it.</summary>
internal static class PublishRun
{
    private const int RunIdBytes = 4;

    public static PublishResult Run(PublishOptions options)
    {
        var driver = new ProcessProbe(Environment.ProcessId);
        var probes = options.Pids.ToDictionary(each => each.Key, each => new ProcessProbe(each.Value));
        using var rooms = new RoomsLoad(
            options, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RunIdBytes)));
        rooms.Start();
        rooms.Loop.Run(TimeSpan.FromSeconds(options.Warmup));

        var tally = rooms.Tally;
        tally.Begin();
        var (acknowledged, delivered) = (tally.Acknowledged, tally.Delivered);
        var before = probes.ToDictionary(each => each.Key, each => each.Value.CpuSeconds());
        var driverBefore = driver.CpuSeconds();
        var started = Stopwatch.GetTimestamp();
        rooms.Loop.Run(TimeSpan.FromSeconds(options.Seconds));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var driverCpu = Math.Round(driver.CpuSeconds() - driverBefore, 2);
        var cpu = probes.ToDictionary(
            each => each.Key, each => Math.Round(each.Value.CpuSeconds() - before[each.Key], 2));
        (acknowledged, delivered) = (tally.Acknowledged - acknowledged, tally.Delivered - delivered);
        if (acknowledged == 0)
        {
            throw new LoadException("no publish was acknowledged in the window");
        }

        // Before the rest comes in, which is not of the window.
        var (ack, delivery, late) = (Quantiles.Of(tally.Ack), Quantiles.Of(tally.Delivery), Quantiles.Of(tally.Late));
        rooms.Finish();
        return new PublishResult(
            Math.Round(seconds, 3), acknowledged, Math.Round(acknowledged / seconds),
            delivered, Math.Round(delivered / seconds), ack, delivery, late,
            cpu, driverCpu, driverCpu > 0 ? Math.Round(acknowledged / driverCpu) : 0);
    }
}
