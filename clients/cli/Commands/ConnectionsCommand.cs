using System.CommandLine;
using System.Text.Json;
using Switchboard.Cli.Api;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard connections USER</c></summary>
internal static class ConnectionsCommand
{
    public static Command Create(ServerArguments server, Terminal terminal)
    {
        ApiArguments api = new(server);
        Argument<string> user = NameArgument.Create("USER", "The user.");
        Option<bool> json = new("--json") { Description = "One JSON object a line." };
        Command command = new("connections", "Show a user's connections and their rooms, through the HTTP API.") { user, json };
        api.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using ApiClient client = api.Open(parsed);
            IReadOnlyList<UserConnection> found = await UserConnections.ReadAsync(
                client, parsed.ReadName(user), cancellationToken);
            if (parsed.GetValue(json))
            {
                WriteJson(terminal.Out, found);
            }
            else
            {
                terminal.WriteTable(
                    ["connection", "attached", "rooms"],
                    found.Select(static each => (string[])[each.Id, each.IsAttached ? "yes" : "no", string.Join(", ", each.Rooms)]));
                terminal.Out.WriteLine(found.Count == 1 ? "1 connection" : $"{found.Count} connections");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteJson(TextWriter writer, IReadOnlyList<UserConnection> found)
    {
        foreach (UserConnection each in found)
        {
            JsonLine.Write(writer, json =>
            {
                json.WriteString("connection", each.Id);
                json.WriteBoolean("attached", each.IsAttached);
                json.WriteStartArray("rooms");
                foreach (string room in each.Rooms)
                {
                    json.WriteStringValue(room);
                }

                json.WriteEndArray();
            });
        }
    }
}
