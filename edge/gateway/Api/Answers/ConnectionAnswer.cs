namespace Switchboard.Gateway.Api.Answers;

/// <summary>A connection.</summary>
internal sealed record ConnectionAnswer(string Connection, string User, bool Attached, string[] Rooms);
