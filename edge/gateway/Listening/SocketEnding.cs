using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Switchboard.Gateway.Listening;

/// <summary>
/// Ends a socket without losing what was written (RFC 6455 §7.1.1): the sending side is shut down, and what still
/// comes is read away until the peer closes too. A socket that is closed with unread data in it is reset, and a reset
/// takes along what the peer has not read yet.
/// </summary>
internal static class SocketEnding
{
    /// <summary>Call when the socket has taken all that was written. Whoever calls bounds the time by an abort.</summary>
    /// <param name="transport">The connection.</param>
    /// <param name="peerIsDone">Whether the peer has promised to send nothing more.</param>
    public static async Task LingerAsync(ConnectionContext transport, bool peerIsDone)
    {
        // Under TLS, and where the socket is the web server's, the shutdown is not ours: it comes when we return.
        Socket? socket = transport.Features.Get<ITlsConnectionFeature>() is null
            ? transport.Features.Get<IConnectionSocketFeature>()?.Socket
            : null;
        if (socket is null ? peerIsDone : !TryShutdownSend(socket))
        {
            return;
        }

        PipeReader input = transport.Transport.Input;
        while (true)
        {
            ReadResult result = await input.ReadAsync();
            input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private static bool TryShutdownSend(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
