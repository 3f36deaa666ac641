using System.CommandLine;
using Switchboard.Cli.Connecting;
using Switchboard.Cli.Output;
using Switchboard.Cli.Rooms;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard presence ROOM</c></summary>
internal static class PresenceCommand
{
    public static Command Create(ServerArguments server, Terminal terminal)
    {
        Argument<string> room = NameArgument.Create("ROOM", "The name of the room.");
        Option<bool> follow = new("--follow") { Description = "Go on with who comes and goes, until Ctrl+C." };
        Option<bool> json = new("--json") { Description = "One JSON object a line." };
        Command command = new("presence", "Show who is in a room, you aside.") { room, follow, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Server where = server.Read(parsed);
            string name = parsed.ReadName(room);
            IPresenceWriter writer = parsed.GetValue(json)
                ? new JsonPresenceWriter(terminal.Out)
                : new TextPresenceWriter(terminal);
            await using Connection connection = await Connection.OpenAsync(
                where.ClientOptions(), terminal.WriteNotice, cancellationToken);
            PresenceWatch watch = new(connection, name, writer);
            await (parsed.GetValue(follow) ? watch.FollowAsync(cancellationToken) : watch.ShowAsync(cancellationToken));
            return ExitCodes.Done;
        });
        return command;
    }
}
