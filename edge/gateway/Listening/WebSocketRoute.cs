using System.Text;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Listening;

/// <summary>One path that takes WebSockets: how its handshakes are judged and who handles its messages.</summary>
internal sealed class WebSocketRoute
{
    public WebSocketRoute(string path)
    {
        Path = path;
        PathBytes = Encoding.ASCII.GetBytes(path);
    }

    public string Path { get; }

    public byte[] PathBytes { get; }

    /// <summary>How a handshake from a page of a foreign origin, or from no page, is judged.</summary>
    public required HandshakeOptions Handshake { get; init; }

    /// <summary>How one from a page of the same host is judged: any origin goes.</summary>
    public required HandshakeOptions SameOriginHandshake { get; init; }

    public required WebSocketSettings Settings { get; init; }

    /// <summary>Who the client is; null where that does not matter.</summary>
    public IIdentityProvider? Identity { get; init; }

    /// <summary>Makes the handler of an accepted WebSocket.</summary>
    public required HandlerFactory CreateHandler { get; init; }

    internal delegate IMessageHandler HandlerFactory(
        WebSocketConnection connection, Admission admission, PerMessageDeflate? deflate);
}
