using Switchboard.Load.Fanout;

namespace Switchboard.Load.Compare;

/// <summary>One publisher, a thousand members, against SignalR and Nchan.</summary>
internal static class FanoutTopic
{
    private static readonly Bar _signalRBar = Bar.AtLeast(8);
    private static readonly Bar _nchanBar = Bar.AtLeast(2);

    public static IEnumerable<Row> Run(CompareOptions options, Contenders contenders)
    {
        using var ours = contenders.Switchboard();
        using var signalR = contenders.SignalR();
        using var nchan = Nchan.Start();
        double Measure(string kind, ServerProcess server, string path, int round)
        {
            var result = FanoutRun.Run(new FanoutOptions(
                kind, server.Url(path), server.Pid, $"fanout{round}", Inflight: options.Inflight,
                Seconds: options.Seconds));
            return result is { Missing: 0, OutOfOrder: 0 }
                ? result.DeliveredPerCpuSecond
                : throw new LoadException($"{kind}: {result.Missing} missing, {result.OutOfOrder} out of order");
        }

        List<Side> sides =
        [
            new Side("Switchboard", round => Measure("switchboard", ours, "/ws", round)),
            new Side("SignalR", round => Measure("signalr", signalR, "/hub", round)),
        ];
        if (nchan is not null)
        {
            sides.Add(new Side("Nchan", round => Measure("nchan", nchan, "/", round)));
        }

        var figures = Rounds.Run("fan-out", options.Rounds, warm: true, sides);
        var row = new Row($"fan-out to 1000, {options.Inflight} in flight", "delivered/CPU-s", "SignalR")
        {
            Ours = figures[0],
            Theirs = figures[1],
            Bar = _signalRBar,
        };
        yield return row;
        yield return nchan is null
            ? row with { Other = "Nchan", Bar = _nchanBar, Absent = "nginx with Nchan is not installed" }
            : row with { Other = "Nchan", Theirs = figures[2], Bar = _nchanBar };
    }
}
