using System.CommandLine;
using Switchboard.Cli.Connecting;
using Switchboard.Cli.Output;
using Switchboard.Cli.Rooms;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard tail ROOM</c></summary>
internal static class TailCommand
{
    private const int MostOfHistory = 100_000;

    public static Command Create(ServerArguments server, Terminal terminal)
    {
        Argument<string> room = NameArgument.Create("ROOM", "The name of the room.");
        Option<bool> fromStart = new("--from-start") { Description = "Begin with the oldest message that is kept." };
        Option<int> last = new("--last") { Description = "Begin with the last N messages.", HelpName = "N" };
        Option<bool> json = new("--json") { Description = "One JSON object a line." };
        Command command = new("tail", "Join a room and print its messages, until Ctrl+C.") { room, fromStart, last, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Server where = server.Read(parsed);
            string name = parsed.ReadName(room);
            int count = parsed.Read(last, 0, MostOfHistory);
            bool isAll = parsed.GetValue(fromStart);
            if (isAll && count > 0)
            {
                throw new UsageException("give --from-start or --last, not both");
            }

            IMessageWriter writer = parsed.GetValue(json)
                ? new JsonMessageWriter(terminal.Out)
                : new TextMessageWriter(terminal.Out, terminal.HasColours);
            await using Connection connection = await Connection.OpenAsync(
                where.ClientOptions() with { StreamCapacity = MostOfHistory }, terminal.WriteNotice, cancellationToken);
            RoomTail tail = new(connection, name, writer);
            await tail.RunAsync(isAll ? null : count, cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
