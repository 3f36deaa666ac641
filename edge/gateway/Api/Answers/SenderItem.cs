namespace Switchboard.Gateway.Api.Answers;

/// <summary>Who sent a message.</summary>
internal sealed record SenderItem(string User, string Connection);
