namespace Switchboard.Core.Feeds;

/// <summary>Whose feed it is.</summary>
public enum FeedKind : byte
{
    /// <summary>A room's feed, received by its members.</summary>
    Room,

    /// <summary>A user's feed, received by all connections of that user.</summary>
    User,

    /// <summary>A connection's own feed.</summary>
    Connection,
}
