using System.Net.Sockets;
using System.Net.WebSockets;
using Switchboard.Client.Session;
using Switchboard.Client.Transports;

namespace Switchboard.Client.Frameworks;

/// <summary>The platform's WebSocket, whose connection is its own.</summary>
internal sealed class WebSocketTransport(SwitchboardClientOptions options) : ITransport
{
    private readonly Uri _address = new Addresses(options).WebSocket;

    public async ValueTask<ILink> OpenAsync(LinkRequest request, CancellationToken cancellationToken)
    {
        string? token = request.Token();
        ClientWebSocket socket = new();
        try
        {
            Configure(socket.Options, token);
            await socket.ConnectAsync(_address, cancellationToken);
            return new WebSocketLink(socket, cork: null, invoker: null);
        }
        catch (WebSocketException e)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new LinkException(await FindOutAsync(e, token, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private void Configure(ClientWebSocketOptions socket, string? token)
    {
        socket.AddSubProtocol(WebSocketLink.Protocol);
        // The session asks by itself whether the server still lives.
        socket.KeepAliveInterval = TimeSpan.Zero;
        if (token is not null)
        {
            socket.SetRequestHeader("Authorization", $"Bearer {token}");
        }

        if (options.Proxy is not null)
        {
            socket.Proxy = options.Proxy;
        }

        if (options.CertificateValidation is not null)
        {
            socket.RemoteCertificateValidationCallback = options.CertificateValidation;
        }
    }

    // The socket does not say with what it was refused, and on that depends whether and when it is tried again.
    private async ValueTask<LinkEnd> FindOutAsync(WebSocketException failure, string? token, CancellationToken cancellationToken)
    {
        LinkEnd broken = HttpFailures.Broken(failure);
        if (failure.GetBaseException() is SocketException)
        {
            return broken;
        }

        using HandshakeQuestion question = new(options);
        return await question.AskAsync(_address, token, failure, cancellationToken) ?? broken;
    }
}
