namespace Switchboard.Core.Backplane;

/// <summary>
/// What a node holds now, and what it has counted since it started: rates are the difference of two answers. Null where
/// nodes of its kind have no such thing.
/// </summary>
public sealed record NodeFigures
{
    /// <summary>Clients that are connected to this edge.</summary>
    public long? Connections { get; init; }

    /// <summary>Rooms with a member on this edge; rooms that live on this silo.</summary>
    public long? Rooms { get; init; }

    /// <summary>Actors of any kind that are in memory on this silo.</summary>
    public long? Activations { get; init; }

    /// <summary>Messages that clients of this edge have published or sent, refused ones included.</summary>
    public long? Received { get; init; }

    /// <summary>Messages that this edge has had for clients: one that a hundred clients receive counts a hundred times.</summary>
    public long? Sent { get; init; }

    /// <summary>Messages that a client did not get because it was behind: volatile ones, and those that a newer one replaced.</summary>
    public long? Dropped { get; init; }

    /// <summary>How often a client was told that messages were lost.</summary>
    public long? Lost { get; init; }

    /// <summary>Handshakes that were refused.</summary>
    public long? Refused { get; init; }

    /// <summary>Memory of the process, in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Processor time of the process.</summary>
    public TimeSpan Cpu { get; init; }
}
