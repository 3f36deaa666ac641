using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Switchboard.Load.Compare;

/// <summary>Runs the topics asked for and prints one table.</summary>
internal static class CompareRun
{
    /// <summary>Returns the exit code: 1 when the bars are checked and one is missed.</summary>
    public static int Run(CompareOptions options)
    {
        // The runtime leaves these signals alone, and the servers would outlive this program.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Exit);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Exit);
        var contenders = new Contenders(options);
        var rows = options.Topics.SelectMany(topic => RunTopic(topic, options, contenders)).ToList();
        Table.Print(Console.Out, rows);
        return options.Check && rows.Exists(row => row.IsMissed) ? 1 : 0;
    }

    private static void Exit(PosixSignalContext context)
    {
        context.Cancel = true;
        Environment.Exit(2);
    }

    private static List<Row> RunTopic(string topic, CompareOptions options, Contenders contenders)
    {
        var rows = new List<Row>();
        try
        {
            rows.AddRange(topic switch
            {
                "echo" => EchoTopic.Run(options, contenders),
                "idle" => IdleTopic.Run(options, contenders),
                "fanout" => FanoutTopic.Run(options, contenders),
                "slow" => SlowTopic.Run(options, contenders),
                "cluster" => ClusterTopic.Run(options),
                _ => TelemetryTopic.Run(options, contenders),
            });
        }
        catch (Exception exception) when (exception is LoadException or SocketException)
        {
            rows.Add(new Row(topic, "", "") { Absent = exception.Message, Failed = true });
        }

        return rows;
    }
}
