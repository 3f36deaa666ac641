using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchboard.Gateway.Echo;
using Switchboard.Gateway.Sessions;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Framing;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Listening;

/// <summary>Makes the gateway's routes out of its options.</summary>
internal sealed class RouteFactory(
    IOptions<GatewayOptions> options, IEnumerable<IEnvelopeCodec> codecs, IIdentityProvider identity, IHostEnvironment environment)
{
    // What the echo serves: large enough for every conformance suite.
    private const int EchoMessageBytes = 64 * 1024 * 1024;

    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly GatewayOptions _options = options.Value;

    public WebSocketRoute[] Create(SessionServices services)
    {
        WebSocketRoute rooms = CreateRooms(services);
        return _options.EchoPath is null ? [rooms] : [rooms, CreateEcho(_options.EchoPath)];
    }

    private WebSocketRoute CreateRooms(SessionServices services)
    {
        IEnvelopeCodec[] known = [.. codecs];
        (HandshakeOptions handshake, HandshakeOptions sameOrigin) =
            Handshakes([.. known.Select(codec => codec.Subprotocol)], SubprotocolMismatch.Refuse, RoomHosts());
        return new WebSocketRoute(_options.Path)
        {
            Handshake = handshake,
            SameOriginHandshake = sameOrigin,
            Identity = identity,
            Settings = Settings(new MessageLimits
            {
                MaxMessageBytes = _options.Limits.MaxMessageBytes,
                MaxFragments = _options.Limits.MaxFragments,
            }),
            CreateHandler = (connection, admission, deflate) => new ClientSession(
                connection,
                services,
                admission.Identity,
                Array.Find(known, codec => codec.Subprotocol == admission.Acceptance.Subprotocol) ?? known[0],
                deflate),
        };
    }

    private WebSocketRoute CreateEcho(string path)
    {
        (HandshakeOptions handshake, HandshakeOptions sameOrigin) = Handshakes([], SubprotocolMismatch.AcceptWithout, _options.Access.Hosts);
        return new WebSocketRoute(path)
        {
            Handshake = handshake,
            SameOriginHandshake = sameOrigin,
            Settings = Settings(new MessageLimits
            {
                MaxMessageBytes = EchoMessageBytes,
                MaxFragments = int.MaxValue,
            }),
            CreateHandler = static (connection, _, deflate) => new EchoHandler(connection.Outbound, deflate),
        };
    }

    // Whoever resolves a name of his to a loopback address serves a page that is of the same host, and names itself.
    private IList<string> RoomHosts() =>
        _options.Access is { Hosts.Count: 0, DevelopmentIdentity: DevelopmentIdentity.Loopback }
            && identity is DevelopmentIdentityProvider
                ? LoopbackNames
                : _options.Access.Hosts;

    private (HandshakeOptions Foreign, HandshakeOptions Same) Handshakes(
        string[] subprotocols, SubprotocolMismatch onMismatch, IList<string> hosts)
    {
        AccessOptions access = _options.Access;
        bool anyOrigin = access.Origins.Count == 0 && environment.IsDevelopment();
        HandshakeOptions Create(OriginPolicy origins) => new()
        {
            Origins = origins,
            Hosts = new HostPolicy(hosts),
            Subprotocols = subprotocols,
            OnSubprotocolMismatch = onMismatch,
            Deflate = _options.Deflate,
            MinServerWindowBits = DeflateCodec.MinServerWindowBits,
        };
        OriginPolicy any = new(["*"]);
        return (Create(anyOrigin ? any : new OriginPolicy(access.Origins)), Create(any));
    }

    private WebSocketSettings Settings(MessageLimits messages) => new()
    {
        Messages = messages,
        Outbound = new OutboundLimits(_options.Outbound.MaxQueueBytes, _options.Outbound.BehindBytes),
        HeartbeatInterval = (long)_options.Heartbeat.Interval.TotalMilliseconds,
        HeartbeatTimeout = (long)_options.Heartbeat.Timeout.TotalMilliseconds,
        MessageTimeout = (long)_options.Limits.MessageTimeout.TotalMilliseconds,
        CloseTimeout = (long)_options.Limits.CloseTimeout.TotalMilliseconds,
    };
}
