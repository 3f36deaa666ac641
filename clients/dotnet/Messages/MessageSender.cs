namespace Switchboard.Client;

/// <summary>Who sent a message.</summary>
/// <param name="User">The user.</param>
/// <param name="ConnectionId">The connection, to which can be replied.</param>
public sealed record MessageSender(string User, string ConnectionId);
