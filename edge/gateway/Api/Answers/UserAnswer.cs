namespace Switchboard.Gateway.Api.Answers;

/// <summary>A user, with a page of its connections.</summary>
internal sealed record UserAnswer(string User, int Count, ConnectionItem[] Connections, string? Next, BanItem? Ban);
