namespace Switchboard.Load;

/// <summary>A run that cannot give a figure: a server that misbehaved, a link that broke, a bad argument.</summary>
internal sealed class LoadException(string message) : Exception(message);
