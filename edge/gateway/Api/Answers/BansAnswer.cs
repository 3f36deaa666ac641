namespace Switchboard.Gateway.Api.Answers;

/// <summary>A page of the users who are banned.</summary>
internal sealed record BansAnswer(BanItem[] Bans, string? Next);
