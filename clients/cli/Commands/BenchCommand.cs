using System.CommandLine;
using System.Security.Cryptography;
using Switchboard.Cli.Bench;
using Switchboard.Cli.Connecting;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard bench</c></summary>
internal static class BenchCommand
{
    public static Command Create(ServerArguments server, Terminal terminal)
    {
        Option<int> connections = Number("--connections", 100, "Connections in all, 1 to 50000.");
        Option<int> rooms = Number("--rooms", 10, "Rooms, which the connections are spread over; at most as many.");
        Option<double> rate = new("--rate")
        {
            Description = "Publishes a second in all, 0.1 to 1000000.",
            HelpName = "N",
            DefaultValueFactory = static _ => 100,
        };
        Option<double> seconds = new("--seconds")
        {
            Description = "How long to publish, 0.1 to 86400.",
            HelpName = "S",
            DefaultValueFactory = static _ => 10,
        };
        Option<int> size = Number("--size", 100, "Bytes of a message, 64 to 1000000.");
        Option<bool> json = new("--json") { Description = "The result as one JSON object." };
        Command command = new("bench", "Benchmark a deployment, and hold it to its contract.")
        {
            connections, rooms, rate, seconds, size, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Server where = server.Read(parsed);
            BenchOptions options = new(
                parsed.Read(connections, 1, 50_000),
                parsed.Read(rooms, 1, 50_000),
                parsed.Read(rate, 0.1, 1_000_000),
                TimeSpan.FromSeconds(parsed.Read(seconds, 0.1, 86_400)),
                parsed.Read(size, BenchPayload.Least, 1_000_000));
            if (options.Rooms > options.Connections)
            {
                throw new UsageException("--rooms must be at most --connections");
            }

            BenchRun run = new(where, options, RandomNumberGenerator.GetHexString(8, lowercase: true), TimeProvider.System);
            BenchReport report = await BenchDisplay.ShowAsync(terminal, run, cancellationToken);
            if (parsed.GetValue(json))
            {
                BenchTable.WriteJson(terminal.Out, report);
            }
            else
            {
                BenchTable.Write(terminal, report);
            }

            return report.IsPassed ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static Option<int> Number(string name, int otherwise, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => otherwise,
    };
}
