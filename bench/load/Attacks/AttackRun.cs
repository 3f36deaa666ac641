using System.Runtime.InteropServices;
using Switchboard.Load.Compare;
using Switchboard.Load.Crowds;
using Switchboard.Load.Dialects;
using Switchboard.Load.Measuring;
using Switchboard.Load.Rooms;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Attacks;

/// <summary>What each attack does to others on the same server, each on a fresh one: the time from their publishing to its
/// acknowledgement without the attack, with it on a sink beside the server, and with it on the server, in turns.</summary>
internal static class AttackRun
{
    private const int Victims = 5;
    private const int Rate = 200;
    private const double MostRatio = 1.5;
    private const int Size = 64;
    private static readonly TimeSpan _openBound = TimeSpan.FromSeconds(30);

    /// <summary>Returns the exit code: 1 when the bar is checked and missed.</summary>
    public static int Run(AttackOptions options)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Exit);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Exit);
        Console.WriteLine(AttackResult.Heading);
        var missed = false;
        foreach (var attack in options.Attacks)
        {
            var result = Measure(options, attack);
            Console.WriteLine(result.Line(attack.Name));
            missed |= result.Ratio > MostRatio;
        }

        return options.Check && missed ? 1 : 0;
    }

    private static AttackResult Measure(AttackOptions options, Attack attack)
    {
        var sinkPort = ServerProcess.FreePort();
        using var sink = ServerProcess.Start(
            ["dotnet", typeof(Sink).Assembly.Location, "sink", "--port", $"{sinkPort}", "--answer", $"{attack.Sink}"], sinkPort);
        var port = ServerProcess.FreePort();
        using var server = ServerProcess.Start(Command(options, attack, port, sinkPort), port);
        using var attacker = new AttackerProcess(attack);
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

        // Round 0 is thrown away: the server's code, and the attacker's, is compiled then.
        int?[] targets = [null, sinkPort, port];
        var windows = targets.Select(_ => new List<AttackWindow>()).ToArray();
        var probe = new ProcessProbe(server.Pid);
        var attackerProbe = new ProcessProbe(attacker.Pid);
        long resident = 0;
        for (var round = 0; round <= options.Rounds; round++)
        {
            for (var i = 0; i < targets.Length; i++)
            {
                // None of them always follows the same other one.
                var turn = round % 2 == 0 ? i : targets.Length - 1 - i;
                var window = Look(loop, crowd.Links, options.Seconds, probe, attackerProbe, attacker, targets[turn]);
                if (round > 0)
                {
                    windows[turn].Add(window);
                }
            }

            resident = round == 0 ? probe.ResidentBytes() : resident;
        }

        return new AttackResult(windows[0], windows[1], windows[2], probe.ResidentBytes() - resident);
    }

    private static string[] Command(AttackOptions options, Attack attack, int port, int sinkPort)
    {
        var command = options.Server.Replace("{url}", $"http://127.0.0.1:{port}", StringComparison.Ordinal);
        var settings = attack.Settings.Replace("{sink}", $"http://127.0.0.1:{sinkPort}", StringComparison.Ordinal);
        return $"{command} {settings}".Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static AttackWindow Look(
        Loop loop,
        IReadOnlyList<PublisherLink> victims,
        double seconds,
        ProcessProbe server,
        ProcessProbe attacks,
        AttackerProcess attacker,
        int? target)
    {
        var (serverCpu, attackerCpu) = (server.CpuSeconds(), attacks.CpuSeconds());
        if (target is { } port)
        {
            attacker.Start(port);
        }

        // The end of the attack before, when its sockets break at once, and the beginning of this one are not measured.
        var lead = seconds / 2;
        loop.Run(TimeSpan.FromSeconds(lead));
        foreach (var victim in victims)
        {
            victim.Latency.Clear();
        }

        loop.Run(TimeSpan.FromSeconds(seconds));

        // The mean of the victims' own 99th percentiles.
        var p99 = victims.Average(victim => victim.Latency.Count > 0
            ? victim.Latency.Microseconds(0.99)
            : throw new LoadException("a victim was not answered at all"));
        (serverCpu, attackerCpu) = (server.CpuSeconds() - serverCpu, attacks.CpuSeconds() - attackerCpu);
        return new AttackWindow(p99, lead + seconds, serverCpu, attackerCpu, target is null ? null : attacker.Stop());
    }

    private static void Exit(PosixSignalContext context)
    {
        context.Cancel = true;
        Environment.Exit(2);
    }
}
