using Microsoft.Extensions.Options;
using Switchboard.Gateway.Listening;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Envelope;
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
        TimeProvider time)
    {
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

    public FallbackOptions Options { get; }

    public LimitOptions Limits { get; }

    public TimeProvider Time { get; }

    public FallbackGate Gate { get; }

    /// <summary>Begins a session, unless the edge is full or stops.</summary>
    /// <param name="transport">What stands for its socket; ending it ends the session.</param>
    /// <param name="create">Makes the session.</param>
    /// <param name="session">The session.</param>
    /// <param name="serving">Completes when it has ended.</param>
    public Problem? TryBegin<TSession>(
        PipeTransport transport, SessionFactory<TSession> create, out TSession? session, out Task serving)
        where TSession : FallbackSession
    {
        session = null;
        serving = Task.CompletedTask;
        if (_gateway.Gatekeeper.Enter() is { } refusal)
        {
            return Problem.From(refusal);
        }

        TSession? begun = null;
        serving = _gateway.ServeAsync(transport, _settings, connection => begun = create(connection, _gateway.Sessions, _codec));
        session = begun;
        return null;
    }

    internal delegate TSession SessionFactory<TSession>(
        WebSocketConnection connection, Sessions.SessionServices services, IEnvelopeCodec codec);
}
