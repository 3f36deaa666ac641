namespace Switchboard.Cli.Tests.Testing;

/// <summary>What a run of the program gave.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record CliResult(int ExitCode, string[] Lines, string[] Errors);
