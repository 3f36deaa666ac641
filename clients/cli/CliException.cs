namespace Switchboard.Cli;

/// <summary>A command could not be carried out. The message is one line for people.</summary>
internal sealed class CliException(string message, Exception? inner = null) : Exception(message, inner);
