using Switchboard.Load.Idle;

namespace Switchboard.Load.Compare;

/// <summary>Resident memory of resting connections; each figure is of a server that was just started.</summary>
internal static class IdleTopic
{
    private static readonly Bar _bar = Bar.AtMost(0.5);

    public static IEnumerable<Row> Run(CompareOptions options, Contenders contenders)
    {
        IdleOptions Echo(ServerProcess server, bool exchange) =>
            new(server.Url("/echo"), server.Pid, options.Connections, Exchange: exchange);

        foreach (var exchange in (bool[])[false, true])
        {
            yield return Compare(
                options, exchange ? "idle after one message" : "idle", "aspnet-echo", _bar,
                () => Measure(contenders.Switchboard, server => Echo(server, exchange)),
                () => Measure(contenders.AspNetEcho, server => Echo(server, exchange)));
        }

        yield return Compare(
            options, "idle session", "SignalR", null,
            () => Measure(
                contenders.Switchboard,
                server => new IdleOptions(server.Url("/ws"), server.Pid, options.Connections, "switchboard")),
            () => Measure(
                contenders.SignalR,
                server => new IdleOptions(server.Url("/hub"), server.Pid, options.Connections, "signalr")));
    }

    private static Row Compare(
        CompareOptions options, string name, string other, Bar? bar, Func<double> ours, Func<double> theirs)
    {
        var figures = Rounds.Run(
            name, options.Rounds, warm: false, new Side("Switchboard", _ => ours()), new Side(other, _ => theirs()));
        return new Row($"{name}, {options.Connections}", "bytes/connection", other)
        {
            Ours = figures[0],
            Theirs = figures[1],
            Bar = bar,
        };
    }

    private static double Measure(Func<ServerProcess> start, Func<ServerProcess, IdleOptions> options)
    {
        using var server = start();
        return IdleRun.Run(options(server)).BytesPerConnection;
    }
}
