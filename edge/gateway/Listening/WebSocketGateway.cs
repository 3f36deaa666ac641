using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchboard.Core.Backplane;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Limits;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.Sessions;
using Switchboard.Gateway.Tracing;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Framing;
using Switchboard.Protocol.Handshake;
using Switchboard.Webhooks.Questions;

namespace Switchboard.Gateway.Listening;

/// <summary>
/// Takes over, raw, the connections of a port that are WebSockets of ours; all others go on untouched. One for a
/// process.
/// </summary>
internal sealed class WebSocketGateway : IDisposable
{
    private readonly CoarseClock _clock;
    private readonly Sweeper _sweeper;
    private readonly DeflateSupport _deflate;
    private readonly GatewayMetrics _metrics;
    private readonly GatewayOptions _options;
    private readonly WebSocketRoute[] _routes;
    private readonly ILogger _logger;

    public WebSocketGateway(
        IOptions<GatewayOptions> options,
        IBackplane backplane,
        BackplaneFacts facts,
        RouteFactory routes,
        GatewayMetrics metrics,
        TimeProvider time,
        Authenticator authenticator,
        ILogger<WebSocketGateway> logger,
        QuestionBook? questions = null,
        PublishSampling? sampling = null,
        ILogger<ClientSession>? sessions = null)
    {
        _options = options.Value;
        _metrics = metrics;
        _logger = logger;
        _clock = new CoarseClock(time);
        _deflate = new DeflateSupport(_options.Deflate);
        _sweeper = new Sweeper(_clock, time, _options.Heartbeat.Sweep);
        Clients = new ClientLimits(_options, metrics, _clock.Read);
        _sweeper.Add(Clients);
        Gatekeeper = new Gatekeeper(_options.Limits, metrics, Clients);
        Hub = new EdgeHub(metrics);
        metrics.QueueBytes = () => Connections.Sum(static one => one.Outbound.Waiting);
        metrics.Rooms = () => Hub.RoomCount;
        backplane.Attach(Hub);
        Sessions = new SessionServices(
            backplane, facts, Hub, _options, _clock, time, metrics, authenticator, Clients, questions, sampling, sessions);
        _routes = routes.Create(Sessions);
    }

    /// <summary>What all sessions of this edge share.</summary>
    public SessionServices Sessions { get; }

    /// <summary>What the backplane calls.</summary>
    public EdgeHub Hub { get; }

    public Gatekeeper Gatekeeper { get; }

    /// <summary>What each address, user, connection and room may do.</summary>
    public ClientLimits Clients { get; }

    public HeadLimits HeadLimits { get; } = new();

    public long CloseTimeout => (long)_options.Limits.CloseTimeout.TotalMilliseconds;

    /// <summary>Milliseconds of the gateway's clock.</summary>
    public long Now => _clock.Read();

    /// <summary>Everybody who is here now.</summary>
    public IEnumerable<WebSocketConnection> Connections => _sweeper.All.OfType<WebSocketConnection>();

    public WebSocketRoute? FindRoute(ReadOnlySpan<byte> path)
    {
        foreach (WebSocketRoute route in _routes)
        {
            if (path.SequenceEqual(route.PathBytes))
            {
                return route;
            }
        }

        return null;
    }

    /// <summary>Serves one accepted connection of Kestrel's.</summary>
    /// <param name="transport">The connection.</param>
    /// <param name="next">What serves it when it is not for us.</param>
    /// <param name="loopback">Whether it came in on an endpoint that listens on a loopback address.</param>
    public async Task OnConnectionAsync(ConnectionContext transport, ConnectionDelegate next, bool loopback)
    {
        // In two steps, so that a long-lived connection does not keep the state of its handshake.
        Outcome outcome = await HandshakeAsync(transport, loopback);
        await (outcome.Session ?? next(transport));
    }

    /// <summary>Serves a WebSocket that was admitted, until it has ended.</summary>
    /// <param name="transport">The connection.</param>
    /// <param name="admission">What was agreed on.</param>
    /// <param name="answered">Whether the handshake has been answered already.</param>
    public Task ServeAsync(ConnectionContext transport, Admission admission, bool answered)
    {
        WebSocketRoute route = admission.Route;
        DeflateParameters? agreed = admission.Acceptance.Deflate;
        IInflaterSource? inflaters = agreed is null ? null : _deflate.CreateInflaters(agreed.Value);
        PerMessageDeflate? deflate = agreed is null ? null : _deflate.CreateDeflate(agreed.Value);
        WebSocketConnection connection = new(transport, route.Settings, inflaters, _clock, _metrics, _logger);
        if (!answered)
        {
            using PooledBuffer head = new();
            HandshakeResponse.Write(head, admission.Acceptance);
            connection.Outbound.SendHead(head.Written);
        }

        return RunAsync(connection, route.CreateHandler(connection, admission, deflate), inflaters, deflate, admission.Identity.Shares);
    }

    /// <summary>Serves a session that has no socket, and was let in by the gatekeeper, until it has ended.</summary>
    /// <param name="transport">What stands for the socket.</param>
    /// <param name="settings">Its limits.</param>
    /// <param name="createHandler">Makes its handler; called before this returns.</param>
    public Task ServeAsync(
        ConnectionContext transport, WebSocketSettings settings, Func<WebSocketConnection, IMessageHandler> createHandler)
    {
        WebSocketConnection connection = new(transport, settings, null, _clock, _metrics, _logger);
        return RunAsync(connection, createHandler(connection), null, null, null);
    }

    /// <summary>Gives back the place of an admission whose WebSocket has ended, or never began.</summary>
    public void Release(Admission admission)
    {
        admission.Identity.Shares?.Leave();
        Gatekeeper.Leave();
    }

    /// <summary>Closes all WebSockets with 1001, and lets nobody in any more.</summary>
    public void Stop()
    {
        Gatekeeper.Stop();
        foreach (WebSocketConnection connection in Connections)
        {
            connection.Close(CloseReason.GoingAway);
        }
    }

    public void Dispose()
    {
        _sweeper.Dispose();
        _deflate.Dispose();
    }

    private async Task RunAsync(
        WebSocketConnection connection,
        IMessageHandler handler,
        IInflaterSource? inflaters,
        PerMessageDeflate? deflate,
        ClientShares? shares)
    {
        try
        {
            // Swept from the moment on that it has its handler; and whoever missed the stop is stopped here.
            Task run = connection.RunAsync(handler);
            _sweeper.Add(connection);
            if (Gatekeeper.IsStopping)
            {
                connection.Close(CloseReason.GoingAway);
            }

            await run;
        }
        finally
        {
            _sweeper.Remove(connection);
            shares?.Leave();
            Gatekeeper.Leave();
            DeflateSupport.Return(inflaters, deflate);
        }
    }

    private async Task<Outcome> HandshakeAsync(ConnectionContext transport, bool loopback)
    {
        HandshakeAttempt attempt = new(
            transport, this, _clock.Read() + (long)_options.Limits.HandshakeTimeout.TotalMilliseconds);
        _sweeper.Add(attempt);
        try
        {
            Verdict verdict = await attempt.ReadAsync(loopback);
            if (verdict.Refusal is not null)
            {
                await attempt.RefuseAsync(verdict.Refusal);
                return Outcome.Ended;
            }

            if (verdict.Admission is null)
            {
                return Outcome.PassOn;
            }

            return new Outcome(ServeAsync(transport, verdict.Admission, answered: false));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The socket broke before anything was agreed on.
            return Outcome.Ended;
        }
        finally
        {
            _sweeper.Remove(attempt);
            attempt.End();
        }
    }

    // What a handshake came to; a session's task is wrapped, so that awaiting the handshake does not await the session.
    private readonly record struct Outcome(Task? Session)
    {
        public static readonly Outcome PassOn = new(null);
        public static readonly Outcome Ended = new(Task.CompletedTask);
    }
}
