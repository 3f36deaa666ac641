namespace Switchboard.Gateway.Api.Answers;

/// <summary>A connection in the list of its edge.</summary>
internal sealed record NodeConnectionItem(string Connection, string User);
