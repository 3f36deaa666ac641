namespace Switchboard.Gateway.Api.Answers;

/// <summary>A page of the connections of an edge.</summary>
internal sealed record ConnectionsAnswer(string Node, NodeConnectionItem[] Connections, string? Next);
