namespace Switchboard.Protocol.Envelope;

/// <summary>
/// Why the server ends a socket, above the WebSocket protocol's own violations. The code tells a client what to do:
/// 4000 to 4399 reconnect and resume, 4400 to 4499 reconnect as a new connection, 4500 to 4999 don't reconnect.
/// </summary>
/// <param name="Code">The close code.</param>
/// <param name="Text">The reason of the close frame, at most 123 bytes of ASCII.</param>
public sealed record CloseReason(ushort Code, string Text)
{
    /// <summary>The edge shuts down: resume at once, on another.</summary>
    public static readonly CloseReason GoingAway = new(1001, "going_away");

    /// <summary>The edge failed: resume after a while.</summary>
    public static readonly CloseReason InternalError = new(1011, "internal_error");

    /// <summary>The edge takes no more connections: try again after a while.</summary>
    public static readonly CloseReason TryAgainLater = new(1013, "try_again_later");

    /// <summary>What was waiting to be sent to the client grew beyond its bound.</summary>
    public static readonly CloseReason SlowConsumer = new(4000, "slow_consumer");

    /// <summary>Nothing was heard of the client for the heartbeat's time-out.</summary>
    public static readonly CloseReason Heartbeat = new(4001, "heartbeat");

    /// <summary>The edge lost the cluster.</summary>
    public static readonly CloseReason BackplaneLost = new(4002, "backplane_lost");

    /// <summary>The connection is no more, so there is nothing to resume.</summary>
    public static readonly CloseReason ConnectionEnded = new(4400, "connection_ended");

    /// <summary>The connection was resumed over another socket.</summary>
    public static readonly CloseReason Replaced = new(4500, "replaced");

    /// <summary>No successful connect within the time for it.</summary>
    public static readonly CloseReason ConnectTimeout = new(4501, "connect_timeout");

    /// <summary>The client kept sending faster than it may.</summary>
    public static readonly CloseReason TooFast = new(4502, "too_fast");

    /// <summary>The client's credentials expired or were revoked.</summary>
    public static readonly CloseReason Unauthorized = new(4503, "unauthorized");

    /// <summary>The application ended the connection.</summary>
    public static readonly CloseReason Kicked = new(4504, "kicked");

    /// <summary>The user was banned, or is.</summary>
    public static readonly CloseReason Banned = new(4505, "banned");

    /// <summary>The application refused the connect.</summary>
    public static readonly CloseReason ConnectRefused = new(4506, "connect_refused");
}
