using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;

namespace Switchboard.Core.Backplane;

/// <summary>A connection that was opened.</summary>
/// <param name="Status">Ok, Banned or Unavailable; all but the ban has a value only with Ok.</param>
/// <param name="Connection">Its id.</param>
/// <param name="Attachment">Which attachment this socket is; 1 for a new connection.</param>
/// <param name="Token">The secret with which it can be resumed.</param>
/// <param name="User">Where live delivery of the user's feed begins.</param>
/// <param name="Own">Where live delivery of the connection's own feed begins.</param>
/// <param name="Ban">With Banned: until when, and why.</param>
public readonly record struct OpenResult(
    BackplaneStatus Status, ConnectionId Connection, long Attachment, string Token, Position User, Position Own, Ban? Ban = null);
