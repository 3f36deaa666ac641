using System.CommandLine;
using System.Text.Json;
using Switchboard.Cli.Api;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard cluster</c></summary>
internal static class ClusterCommand
{
    public static Command Create(ServerArguments server, Terminal terminal)
    {
        ApiArguments api = new(server);
        Option<bool> json = new("--json") { Description = "The answer of the API, on one line." };
        Command command = new("cluster", "Show the nodes, through the HTTP API. The key needs the role Admin.") { json };
        api.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using ApiClient client = api.Open(parsed);
            using JsonDocument answer = await client.GetAsync("nodes", cancellationToken)
                ?? throw new CliException("the server does not know its nodes");
            (List<string[]> rows, bool isPartial) = client.Read(answer, NodeTable.Read);
            if (parsed.GetValue(json))
            {
                JsonLine.Write(terminal.Out, writer =>
                {
                    foreach (JsonProperty each in answer.RootElement.EnumerateObject())
                    {
                        each.WriteTo(writer);
                    }
                });
            }
            else
            {
                NodeTable.Write(terminal, rows, isPartial);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
