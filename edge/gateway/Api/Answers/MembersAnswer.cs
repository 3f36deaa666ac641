namespace Switchboard.Gateway.Api.Answers;

/// <summary>A page of a room's members.</summary>
internal sealed record MembersAnswer(string Room, int Count, MemberItem[] Members, string? Next);
