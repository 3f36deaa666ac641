namespace Switchboard.Protocol.Envelope;

/// <summary>Names a feed as its receiver sees it: a room's by name, its user's and its connection's by scope.</summary>
public readonly record struct FeedRef
{
    /// <summary>The feed of the receiver's user.</summary>
    public static readonly FeedRef User = new(FeedScope.User, string.Empty);

    /// <summary>The receiver's own feed.</summary>
    public static readonly FeedRef Connection = new(FeedScope.Connection, string.Empty);

    private FeedRef(FeedScope scope, string room)
    {
        Scope = scope;
        Room = room;
    }

    /// <summary>Whose feed it is.</summary>
    public FeedScope Scope { get; }

    /// <summary>The room's name; empty for another feed.</summary>
    public string Room { get; }

    /// <summary>The feed of a room.</summary>
    public static FeedRef OfRoom(string room) => new(FeedScope.Room, room);
}
