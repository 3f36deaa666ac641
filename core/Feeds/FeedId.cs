using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Feeds;

/// <summary>Names one feed: what owns it, and the owner's name.</summary>
public readonly record struct FeedId(FeedKind Kind, string Owner)
{
    /// <summary>The feed of a room.</summary>
    public static FeedId Of(RoomName room) => new(FeedKind.Room, room.Value);

    /// <summary>The feed of a user.</summary>
    public static FeedId Of(UserName user) => new(FeedKind.User, user.Value);

    /// <summary>The feed of a connection.</summary>
    public static FeedId Of(ConnectionId connection) => new(FeedKind.Connection, connection.Value);
}
