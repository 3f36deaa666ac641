using System.Globalization;
using System.Runtime.InteropServices;
using Switchboard.Load.Compare;
using Switchboard.Load.Crowds;
using Switchboard.Load.Dialects;
using Switchboard.Load.Measuring;
using Switchboard.Load.Rooms;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Attacks;

/// <summary>What each attack does to others on the same server, each on a fresh one: the time from their publishing to its
/// acknowledgement without and with the attack, and the memory that it leaves behind.</summary>
internal static class AttackRun
{
    private const int Victims = 5;
    private const int Rate = 200;
    private const double MostRatio = 1.5;
    private const int Size = 64;
    private static readonly TimeSpan _openBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _warmup = TimeSpan.FromSeconds(2);

    /// <summary>Returns the exit code: 1 when the bar is checked and missed.</summary>
    public static int Run(AttackOptions options)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Exit);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Exit);
        Console.WriteLine($"{"attack",-16} {"p99 before",11} {"p99 under",11} {"ratio",6} {"RSS +MiB",9}  answers");
        var results = options.Attacks.Select(attack => Measure(options, attack)).ToList();
        return options.Check && results.Exists(result => result.Ratio > MostRatio) ? 1 : 0;
    }

    private static AttackResult Measure(AttackOptions options, Attack attack)
    {
        var port = ServerProcess.FreePort();
        using var server = ServerProcess.Start(
            options.Server.Replace("{url}", $"http://127.0.0.1:{port}", StringComparison.Ordinal).Split(' '), port);
        using var loop = new Loop();
        using var crowd = Crowd<PublisherLink>.Open(loop, Victims, _openBound, (number, ready) => new PublisherLink(
            loop, Dialect.Of("switchboard", server.Url("/ws"), $"victims-{number}"), Size, ready));
        loop.AfterTurn = () =>
        {
            foreach (var link in crowd.Links)
            {
                link.Tick();
            }
        };
        foreach (var link in crowd.Links)
        {
            link.Pace(Rate);
        }

        loop.Run(_warmup);
        var probe = new ProcessProbe(server.Pid);
        var before = P99(loop, crowd.Links, options.Seconds);
        var resident = probe.ResidentBytes();
        double under;
        long grown;
        var attacker = new Attacker(attack, port);
        using (attacker)
        {
            attacker.Start();
            under = P99(loop, crowd.Links, options.Seconds);
            grown = probe.ResidentBytes() - resident;
        }

        var result = new AttackResult(before, under, grown, attacker.Answers);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{attack.Name,-16} {before,8:N0} µs {under,8:N0} µs {result.Ratio,6:F2} {grown / 1048576.0,9:F1}  {result.Answers}"));
        return result;
    }

    // The mean of the victims' own 99th percentiles.
    private static double P99(Loop loop, IReadOnlyList<PublisherLink> victims, double seconds)
    {
        foreach (var victim in victims)
        {
            victim.Latency.Clear();
        }

        loop.Run(TimeSpan.FromSeconds(seconds));
        return victims.Average(victim => victim.Latency.Count > 0
            ? victim.Latency.Microseconds(0.99)
            : throw new LoadException("a victim was not answered at all"));
    }

    private static void Exit(PosixSignalContext context)
    {
        context.Cancel = true;
        Environment.Exit(2);
    }
}
