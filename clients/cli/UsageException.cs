namespace Switchboard.Cli;

/// <summary>The arguments are wrong. The message is one line that says what to give.</summary>
internal sealed class UsageException(string message) : Exception(message);
