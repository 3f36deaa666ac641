namespace Switchboard.Gateway.Api.Answers;

/// <summary>A connection of a user.</summary>
internal sealed record ConnectionItem(string Connection, bool Attached);
