namespace Switchboard.Protocol.Envelope;

/// <summary>Names a feed as its receiver sees it: a room's by its name, its user's and its connection's by scope.</summary>
public readonly struct FeedRef
{
    /// <summary>The feed of the receiver's user.</summary>
    public static readonly FeedRef User = new(FeedScope.User, string.Empty, default);

    /// <summary>The receiver's own feed.</summary>
    public static readonly FeedRef Connection = new(FeedScope.Connection, string.Empty, default);

    private FeedRef(FeedScope scope, string room, ReadOnlyMemory<byte> prepared)
    {
        Scope = scope;
        Room = room;
        Prepared = prepared;
    }

    /// <summary>Whose feed it is.</summary>
    public FeedScope Scope { get; }

    /// <summary>The room's name; empty for another feed.</summary>
    public string Room { get; }

    /// <summary>The room's name as the codec prepared it; empty when it was not.</summary>
    public ReadOnlyMemory<byte> Prepared { get; }

    /// <summary>The feed of a room.</summary>
    /// <param name="room">The room's name.</param>
    /// <param name="prepared">What <see cref="IEnvelopeCodec.PrepareRoom"/> of the same codec made of it, or nothing.</param>
    public static FeedRef OfRoom(string room, ReadOnlyMemory<byte> prepared = default) =>
        new(FeedScope.Room, room, prepared);
}
