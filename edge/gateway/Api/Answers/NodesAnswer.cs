namespace Switchboard.Gateway.Api.Answers;

/// <summary>The nodes there are, at a time in milliseconds since 1970.</summary>
internal sealed record NodesAnswer(long Time, NodeItem[] Nodes, bool Complete);
