using System.CommandLine;
using Switchboard.Cli.Connecting;
using Switchboard.Cli.Output;
using Switchboard.Cli.Rooms;
using Switchboard.Client;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard publish ROOM [TEXT|-]</c></summary>
internal static class PublishCommand
{
    // Lines wait here, not at the server: as many in flight as LinePublisher allows, of any size that a server takes.
    private static readonly OutboxOptions Outbox = new() { MaxBytes = 256 * 1024 * 1024 };

    public static Command Create(ServerArguments server, Terminal terminal)
    {
        Argument<string> room = NameArgument.Create("ROOM", "The name of the room.");
        Argument<string> text = new("TEXT")
        {
            Description = "The message; - or nothing: each line of standard input is one.",
            DefaultValueFactory = static _ => "-",
        };
        Option<string?> latest = new("--latest") { Description = "Replaces older messages of this slot.", HelpName = "SLOT" };
        Option<bool> isVolatile = new("--volatile") { Description = "Dropped for who can't take it at once; not kept." };
        Option<string?> key = new("--key")
        {
            Description = "Publishes it once, however often it is repeated with this key. Of one TEXT.",
            HelpName = "KEY",
        };
        Option<bool> json = new("--json") { Description = "The message is JSON, sent as it is; else it becomes a JSON string." };
        Command command = new("publish", "Publish to a room, and print the position of each message.")
        {
            room, text, latest, isVolatile, key, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Server where = server.Read(parsed);
            string name = parsed.ReadName(room);
            string message = parsed.GetRequiredValue(text);
            PublishOptions options = Read(
                parsed.GetValue(latest), parsed.GetValue(isVolatile), parsed.GetValue(key), isOne: message != "-");
            await using Connection connection = await Connection.OpenAsync(
                where.ClientOptions() with { Outbox = Outbox }, terminal.WriteNotice, cancellationToken);
            Room into = connection.Client.Room(name);
            await into.JoinAsync(cancellationToken: cancellationToken);
            LinePublisher publisher = new(into, options, parsed.GetValue(json), terminal.Out);
            await (message == "-"
                ? publisher.PublishLinesAsync(terminal.Input, cancellationToken)
                : publisher.PublishAsync(message, cancellationToken));
            return ExitCodes.Done;
        });
        return command;
    }

    private static PublishOptions Read(string? slot, bool isVolatile, string? key, bool isOne)
    {
        if (isVolatile && (slot is not null || key is not null))
        {
            throw new UsageException("--volatile goes with neither --latest nor --key");
        }

        if (key is not null && !isOne)
        {
            throw new UsageException("--key is of one message: give it as TEXT");
        }

        if (slot?.Length == 0)
        {
            throw new UsageException("--latest must name a slot");
        }

        Delivery delivery = isVolatile ? Delivery.Volatile : slot is null ? Delivery.Reliable : Delivery.Latest;
        return new PublishOptions { Delivery = delivery, Slot = slot, Key = key, Echo = false };
    }
}
