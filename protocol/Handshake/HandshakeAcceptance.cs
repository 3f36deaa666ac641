using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Handshake;

/// <summary>What was agreed with a client whose handshake is accepted.</summary>
public sealed class HandshakeAcceptance
{
    internal HandshakeAcceptance(string accept, string? subprotocol, DeflateParameters? deflate, string? extensions)
    {
        Accept = accept;
        Subprotocol = subprotocol;
        Deflate = deflate;
        Extensions = extensions;
    }

    /// <summary>The value of <c>Sec-WebSocket-Accept</c>.</summary>
    public string Accept { get; }

    /// <summary>The agreed subprotocol, as the server spells it; null where there is none.</summary>
    public string? Subprotocol { get; }

    /// <summary>The agreed compression; null where messages are not compressed.</summary>
    public DeflateParameters? Deflate { get; }

    /// <summary>The value of <c>Sec-WebSocket-Extensions</c> in the answer; null where there is none.</summary>
    public string? Extensions { get; }
}
