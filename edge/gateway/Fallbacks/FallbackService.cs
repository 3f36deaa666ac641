using Microsoft.Extensions.Options;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Fallbacks;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>What all endpoints of the fallbacks share: how a session without a socket is begun.</summary>
internal sealed class FallbackService
{
    // A session without a socket is not pinged: its request ends when the client is gone, or when its time is over.
    private const long Never = long.MaxValue / 4;

    private readonly WebSocketGateway _gateway;
    private readonly IEnvelopeCodec _codec;
    private readonly WebSocketSettings _settings;

    public FallbackService(
        IOptions<GatewayOptions> options,
        WebSocketGateway gateway,
        IEnumerable<IEnvelopeCodec> codecs,
        IIdentityProvider identity,
        IBackplane backplane,
        TimeProvider time)
    {
        Backplane = backplane;
        GatewayOptions all = options.Value;
        Options = all.Fallbacks;
        Limits = all.Limits;
        Time = time;
        Gate = new FallbackGate(all, gateway, identity);
        _gateway = gateway;
        _codec = codecs.First(static codec => codec.Subprotocol == JsonEnvelopeCodec.Name);
        _settings = new WebSocketSettings
        {
            Messages = new MessageLimits { MaxMessageBytes = all.Limits.MaxMessageBytes },
            Outbound = new OutboundLimits(all.Outbound.MaxQueueBytes, all.Outbound.BehindBytes),
            HeartbeatInterval = Never,
            HeartbeatTimeout = Never,
            CloseTimeout = (long)all.Limits.CloseTimeout.TotalMilliseconds,
        };
    }

    public IBackplane Backplane { get; }

    public FallbackOptions Options { get; }

    public LimitOptions Limits { get; }

    public TimeProvider Time { get; }

    public FallbackGate Gate { get; }

    /// <summary>Milliseconds of the gateway's clock.</summary>
    public long Now => _gateway.Clients.Now;

    /// <summary>Begins a session, unless the edge is full or stops.</summary>
    /// <param name="client">Whose it is.</param>
    /// <param name="transport">What stands for its socket.</param>
    /// <param name="request">What it begins with.</param>
    /// <param name="how">How it is served.</param>
    /// <param name="live">The session; to be ended in any case.</param>
    public Problem? TryBegin(
        IdentityResult client, PipeTransport transport, FallbackRequest request, FallbackServing how, out LiveSession? live)
    {
        live = null;
        if (request.Resume is { } token && ResumeToken.TryGetConnection(token, out ConnectionId connection))
        {
            client.Shares?.Add(connection);
        }
        else if (_gateway.Gatekeeper.TryHandshake(client.Shares) is { } early)
        {
            return Problem.From(early);
        }

        if (_gateway.Gatekeeper.Enter() is { } refusal)
        {
            return Problem.From(refusal);
        }

        FallbackSession? session = null;
        Task serving = _gateway.ServeAsync(
            transport,
            _settings,
            connection => session = new FallbackSession(connection, _gateway.Sessions, client, _codec, how));
        live = new LiveSession(session!, transport, serving);
        return null;
    }
}
