namespace Switchboard.Protocol.Envelope.Events;

/// <summary>The answer to connect.</summary>
public sealed class WelcomeEvent
{
    /// <summary>The command's id; 0 for none.</summary>
    public long Id { get; init; }

    /// <summary>The connection's id.</summary>
    public required string Connection { get; init; }

    /// <summary>The user's name.</summary>
    public required string User { get; init; }

    /// <summary>The token with which the connection can be resumed.</summary>
    public required string Resume { get; init; }

    /// <summary>Whether it was resumed now.</summary>
    public bool Resumed { get; init; }

    /// <summary>Where the user's feed begins.</summary>
    public required FeedStart UserFeed { get; init; }

    /// <summary>Where the connection's own feed begins.</summary>
    public required FeedStart ConnectionFeed { get; init; }

    /// <summary>The rooms that it is still a member of; sent only when it was resumed.</summary>
    public IReadOnlyList<RoomStart> Rooms { get; init; } = [];

    /// <summary>How often the server pings, in seconds.</summary>
    public required int HeartbeatInterval { get; init; }

    /// <summary>After how long a silence the server closes the socket, in seconds.</summary>
    public required int HeartbeatTimeout { get; init; }

    /// <summary>How long a connection without a socket can be resumed, in seconds.</summary>
    public required int Grace { get; init; }

    /// <summary>What the client may do.</summary>
    public required WelcomeLimits Limits { get; init; }
}
