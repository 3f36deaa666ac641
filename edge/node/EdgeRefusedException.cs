namespace Switchboard.Node;

/// <summary>The cluster won't have this edge; the message says why in one line.</summary>
public sealed class EdgeRefusedException(string message) : Exception(message);
