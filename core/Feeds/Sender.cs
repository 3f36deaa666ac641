using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Feeds;

/// <summary>Who published an entry.</summary>
public sealed record Sender(UserName User, ConnectionId Connection);
