using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.WebSockets;

/// <summary>What all WebSockets of one endpoint share.</summary>
internal sealed record WebSocketSettings
{
    public required MessageLimits Messages { get; init; }

    public required OutboundLimits Outbound { get; init; }

    /// <summary>After how long a silence the peer is pinged, in milliseconds.</summary>
    public required long HeartbeatInterval { get; init; }

    /// <summary>How long after that it may stay silent.</summary>
    public required long HeartbeatTimeout { get; init; }

    /// <summary>How long a message may take from its first byte to its last, in milliseconds.</summary>
    public long MessageTimeout { get; init; } = long.MaxValue;

    /// <summary>How long the closing handshake may take, in milliseconds.</summary>
    public required long CloseTimeout { get; init; }
}
