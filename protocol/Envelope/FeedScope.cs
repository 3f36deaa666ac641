namespace Switchboard.Protocol.Envelope;

/// <summary>Whose feed is meant.</summary>
public enum FeedScope : byte
{
    /// <summary>A room's, which goes with its name.</summary>
    Room,

    /// <summary>The client's own user's.</summary>
    User,

    /// <summary>The client's own connection's.</summary>
    Connection,
}
