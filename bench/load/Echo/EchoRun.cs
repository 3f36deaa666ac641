using Switchboard.Load.Crowds;
using Switchboard.Load.Measuring;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Echo;

/// <summary>Messages echoed per server processor second.</summary>
internal static class EchoRun
{
    private static readonly TimeSpan _openBound = TimeSpan.FromSeconds(60);

    public static EchoResult Run(EchoOptions options)
    {
        var probe = new ProcessProbe(options.Pid);
        var tally = new EchoTally();
        using var loop = new Loop();
        using var crowd = Crowd<EchoLink>.Open(
            loop, options.Connections, _openBound,
            (number, ready) => new EchoLink(loop, options, tally, number, ready));
        loop.Run(TimeSpan.FromSeconds(options.Warmup));
        tally.Latency.Clear();
        var window = Window.Measure(loop, probe, options.Seconds, () => tally.Messages);
        return new EchoResult(
            window.Count, window.Seconds, window.ServerCpuSeconds, window.PerCpuSecond,
            tally.Latency.Microseconds(0.5), tally.Latency.Microseconds(0.99));
    }
}
