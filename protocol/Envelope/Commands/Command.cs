namespace Switchboard.Protocol.Envelope.Commands;

/// <summary>
/// One command, checked: what a type needs is there, and everything is within the bounds of
/// <see cref="EnvelopeLimits"/>. Points into the message and the scratch that it was decoded from.
/// </summary>
public readonly ref struct Command
{
    /// <summary>What is asked for; it says which of the others have a value.</summary>
    public CommandType Type { get; init; }

    /// <summary>The id to answer with, from 1; 0 for none.</summary>
    public long Id { get; init; }

    /// <summary>
    /// All but connect, send and ping: the room's name in UTF-8; empty for another feed's history, and for a refresh of
    /// the connection's own token.
    /// </summary>
    public ReadOnlySpan<byte> Room { get; init; }

    /// <summary>Send: the receiving user's name in UTF-8; empty when it goes to a connection.</summary>
    public ReadOnlySpan<byte> User { get; init; }

    /// <summary>Send: the receiving connection's id in UTF-8; empty when it goes to a user.</summary>
    public ReadOnlySpan<byte> Connection { get; init; }

    /// <summary>Publish, send: the payload as it was sent, one JSON value or opaque bytes.</summary>
    public ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Publish, send: what the payload is.</summary>
    public DataKind DataKind { get; init; }

    /// <summary>Publish, send: the delivery class.</summary>
    public MessageClass Class { get; init; }

    /// <summary>Publish, send: the slot in UTF-8 with <see cref="MessageClass.Latest"/>, else empty.</summary>
    public ReadOnlySpan<byte> Slot { get; init; }

    /// <summary>Publish, send: the idempotency key in UTF-8; empty for none, as always with volatile.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Publish: whether the sender receives its own message.</summary>
    public bool Echo { get; init; }

    /// <summary>Join: whether to be told of the other members.</summary>
    public bool Presence { get; init; }

    /// <summary>Join, state: a JSON object in UTF-8 as it was sent; empty for none.</summary>
    public ReadOnlySpan<byte> State { get; init; }

    /// <summary>Join: what was last seen. History: where to begin, exclusive. Null for none.</summary>
    public FeedPosition? Position { get; init; }

    /// <summary>History: whose feed to read.</summary>
    public FeedScope Feed { get; init; }

    /// <summary>History: true for newest first, from <see cref="Position"/> backward.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>History: the most messages to return, 1 to <see cref="EnvelopeLimits.HistoryPage"/>.</summary>
    public int Limit { get; init; }

    /// <summary>Connect: the resume token; null for a new connection.</summary>
    public string? Resume { get; init; }

    /// <summary>Connect, join, refresh: the token, 1 to <see cref="EnvelopeLimits.TokenBytes"/> long; null for none. Never logged.</summary>
    public string? Token { get; init; }

    /// <summary>Connect: the client's count of its resumes, from 1, given only with <see cref="Resume"/>; 0 for none.</summary>
    public long Turn { get; init; }

    /// <summary>Connect: what was last seen, given only with <see cref="Resume"/>.</summary>
    public ConnectPositions? Positions { get; init; }
}
