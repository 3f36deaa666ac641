using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Switchboard.Client.Session;
using Switchboard.Client.Transports;

namespace Switchboard.Client.Frameworks;

/// <summary>The base library's WebSocket, over a connection of our own that can be corked.</summary>
internal sealed class WebSocketTransport(SwitchboardClientOptions options) : ITransport
{
    private readonly Uri _address = new Addresses(options).WebSocket;

    public async ValueTask<ILink> OpenAsync(LinkRequest request, CancellationToken cancellationToken)
    {
        CorkedStream? stream = null;
        SocketsHttpHandler handler = HttpHandlers.Create(options);
        Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect = handler.ConnectCallback ?? ConnectAsync;
        handler.ConnectCallback = async (context, canceled) => stream = new CorkedStream(await connect(context, canceled));
        HttpMessageInvoker invoker = new(handler);
        ClientWebSocket socket = new();
        try
        {
            socket.Options.AddSubProtocol(WebSocketLink.Protocol);
            socket.Options.CollectHttpResponseDetails = true;
            // The session asks by itself whether the server still lives.
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            if (request.Token() is { } token)
            {
                socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            }

            await socket.ConnectAsync(_address, invoker, cancellationToken);
            return new WebSocketLink(socket, stream!, invoker);
        }
        catch (WebSocketException e)
        {
            LinkEnd end = socket.HttpStatusCode is 0 or HttpStatusCode.SwitchingProtocols or HttpStatusCode.OK
                ? HttpFailures.Broken(e)
                : HttpFailures.Refused(
                    socket.HttpStatusCode, RefusedSocket.Explain(socket.HttpStatusCode, _address, options), RetryAfter(socket), e);
            Dispose(socket, invoker);
            throw new LinkException(end);
        }
        catch (OperationCanceledException)
        {
            Dispose(socket, invoker);
            throw;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static TimeSpan? RetryAfter(ClientWebSocket socket) =>
        socket.HttpResponseHeaders?.TryGetValue("Retry-After", out IEnumerable<string>? values) == true
        && int.TryParse(values.FirstOrDefault(), out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static void Dispose(ClientWebSocket socket, HttpMessageInvoker invoker)
    {
        socket.Dispose();
        invoker.Dispose();
    }
}
