namespace Switchboard.Cli;

/// <summary>What the process ends with, as docs/cli.md has it.</summary>
internal static class ExitCodes
{
    /// <summary>Done, or ended by Ctrl+C.</summary>
    public const int Done = 0;

    /// <summary>Refused, not reachable, or the benchmark saw the contract broken.</summary>
    public const int Failed = 1;

    /// <summary>The arguments are wrong; nothing was tried.</summary>
    public const int Usage = 2;
}
