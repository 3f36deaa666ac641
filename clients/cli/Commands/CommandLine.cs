using System.CommandLine;
using System.CommandLine.Invocation;
using Switchboard.Cli.Output;
using Switchboard.Client;

namespace Switchboard.Cli.Commands;

/// <summary>The commands, and what becomes of their errors.</summary>
internal static class CommandLine
{
    /// <summary>Runs what the arguments say.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        ServerArguments server = new();
        RootCommand root = new("Switchboard for people: rooms, presence, connections, nodes, and a benchmark.");
        server.AddTo(root);
        root.Subcommands.Add(TailCommand.Create(server, terminal));
        root.Subcommands.Add(PublishCommand.Create(server, terminal));
        root.Subcommands.Add(PresenceCommand.Create(server, terminal));
        root.Subcommands.Add(ConnectionsCommand.Create(server, terminal));
        root.Subcommands.Add(ClusterCommand.Create(server, terminal));
        root.Subcommands.Add(BenchCommand.Create(server, terminal));

        ParseResult parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            terminal.WriteError($"{Problem(parsed)}: see {NameOf(parsed)} --help");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        catch (UsageException e)
        {
            terminal.WriteError($"{e.Message}: see {NameOf(parsed)} --help");
            return ExitCodes.Usage;
        }
        catch (CliException e)
        {
            terminal.WriteError(e.Message);
            return ExitCodes.Failed;
        }
        catch (SwitchboardException e)
        {
            terminal.WriteError($"{e.Code}: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    // The parser's first error of a command that is not known is that there is none.
    private static string Problem(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand && parsed.UnmatchedTokens is [var unknown, ..]
            ? $"there is no '{unknown}'"
            : parsed.Errors[0].Message.TrimEnd('.');

    private static string NameOf(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "switchboard" : $"switchboard {parsed.CommandResult.Command.Name}";
}
