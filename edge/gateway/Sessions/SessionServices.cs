using Switchboard.Core.Backplane;
using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Limits;
using Switchboard.Gateway.Metrics;
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
        QuestionBook? questions = null)
    {
        Limits = limits ?? new ClientLimits(options, metrics, clock.Read);
        Options = options;
        Clock = clock;
        Metrics = metrics;
        Membership = new Membership(backplane, hub);
        Authorizing = new Authorizing(authenticator, Membership, clock, time, metrics);
        Connecting = new Connecting(
            backplane,
            facts,
            hub,
            options,
            Authorizing,
            Limits,
            Membership,
            questions is { AsksConnect: true } ? new ConnectGate(questions) : null);
        Publishing = new Publishing(
            backplane, Limits, hub.Counts, questions is { AsksPublish: true } ? new PublishGate(questions) : null);
        Queries = new Queries(backplane, time);
    }

    public GatewayOptions Options { get; }

    public ClientLimits Limits { get; }

    public CoarseClock Clock { get; }

    public GatewayMetrics Metrics { get; }

    public Authorizing Authorizing { get; }

    public Connecting Connecting { get; }

    public Membership Membership { get; }

    public Publishing Publishing { get; }

    public Queries Queries { get; }
}
