using Switchboard.Load.Echo;

namespace Switchboard.Load.Compare;

/// <summary>Small messages echoed, against ASP.NET Core's WebSockets.</summary>
internal static class EchoTopic
{
    private static readonly Bar _bar = Bar.AtLeast(2);

    public static IEnumerable<Row> Run(CompareOptions options, Contenders contenders)
    {
        using var ours = contenders.Switchboard();
        using var theirs = contenders.AspNetEcho();
        double Measure(ServerProcess server) => EchoRun.Run(
            new EchoOptions(server.Url("/echo"), server.Pid, Inflight: options.Inflight, Seconds: options.Seconds))
            .MessagesPerCpuSecond;

        var figures = Rounds.Run(
            "echo", options.Rounds, warm: true,
            new Side("Switchboard", _ => Measure(ours)), new Side("aspnet-echo", _ => Measure(theirs)));
        yield return new Row($"echo, 64 B, 50 × {options.Inflight} in flight", "messages/CPU-s", "aspnet-echo")
        {
            Ours = figures[0],
            Theirs = figures[1],
            Bar = _bar,
        };
    }
}
