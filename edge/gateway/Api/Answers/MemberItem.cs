namespace Switchboard.Gateway.Api.Answers;

/// <summary>A member of a room.</summary>
internal sealed record MemberItem(string User, string Connection, RawJson? State);
