namespace Switchboard.Client;

/// <summary>A way to the server.</summary>
public enum TransportKind
{
    /// <summary>A WebSocket.</summary>
    WebSocket,

    /// <summary>Events as server-sent events, commands by HTTP requests.</summary>
    ServerSentEvents,

    /// <summary>One HTTP request after another, each answered once there is something to say.</summary>
    LongPolling,
}
