using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Switchboard.Core.Backplane;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Limits;
using Switchboard.Gateway.Metrics;
using Switchboard.Gateway.Tracing;
using Switchboard.Gateway.Webhooks;
using Switchboard.Gateway.WebSockets;
using Switchboard.Webhooks.Questions;

namespace Switchboard.Gateway.Sessions;

/// <summary>What all sessions of an edge share.</summary>
internal sealed class SessionServices
{
    public SessionServices(
        IBackplane backplane,
        BackplaneFacts facts,
        EdgeHub hub,
        GatewayOptions options,
        CoarseClock clock,
        TimeProvider time,
        GatewayMetrics metrics,
        Authenticator? authenticator = null,
        ClientLimits? limits = null,
        QuestionBook? questions = null,
        PublishSampling? sampling = null,
        ILogger? log = null)
    {
        Limits = limits ?? new ClientLimits(options, metrics, clock.Read);
        Options = options;
        Clock = clock;
        Metrics = metrics;
        Log = log ?? NullLogger.Instance;
        Membership = new Membership(backplane, hub, Log);
        Authorizing = new Authorizing(authenticator, Membership, clock, time, metrics);
        Connecting = new Connecting(
            backplane,
            facts,
            hub,
            options,
            Authorizing,
            Limits,
            Membership,
            metrics,
            Log,
            questions is { AsksConnect: true } ? new ConnectGate(questions) : null);
        Publishing = new Publishing(
            backplane,
            Limits,
            new PublishTracing(sampling ?? new PublishSampling()),
            questions is { AsksPublish: true } ? new PublishGate(questions) : null);
        Queries = new Queries(backplane, time);
    }

    public GatewayOptions Options { get; }

    public ClientLimits Limits { get; }

    public CoarseClock Clock { get; }

    public GatewayMetrics Metrics { get; }

    /// <summary>What sessions log, each line with its connection.</summary>
    public ILogger Log { get; }

    public Authorizing Authorizing { get; }

    public Connecting Connecting { get; }

    public Membership Membership { get; }

    public Publishing Publishing { get; }

    public Queries Queries { get; }
}
