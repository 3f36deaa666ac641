using Switchboard.Gateway.Metrics;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Listening;

/// <summary>Decides who is let in: counts connections and handshakes, judges requests, asks for the identity.</summary>
internal sealed class Gatekeeper(LimitOptions limits, GatewayMetrics metrics)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private int _connections;
    private int _handshakes;
    private volatile bool _stopping;

    public bool IsStopping => _stopping;

    /// <summary>Refuses everybody from now on.</summary>
    public void Stop() => _stopping = true;

    /// <summary>Counts a handshake that has begun; false when there are too many.</summary>
    public bool TryBeginHandshake() => TryCount(ref _handshakes, limits.MaxHandshakes);

    public void EndHandshake() => Interlocked.Decrement(ref _handshakes);

    /// <summary>Judges a request for a route. An admission counts as a connection until <see cref="Leave"/>.</summary>
    public async ValueTask<Verdict> JudgeAsync(WebSocketRoute route, RequestHead head, bool loopback)
    {
        Verdict verdict = await JudgeRequestAsync(route, head, loopback);
        if (verdict.Refusal is not null)
        {
            metrics.Refused(verdict.Refusal.StatusCode);
            return verdict;
        }

        return Enter() is { } full ? full : verdict;
    }

    /// <summary>Counts one more connection until <see cref="Leave"/>, or refuses it.</summary>
    public HandshakeRefusal? Enter()
    {
        if (_stopping)
        {
            return Refuse(HandshakeRefusal.ShuttingDown(RetryAfter));
        }

        if (!TryCount(ref _connections, limits.MaxConnections))
        {
            return Refuse(HandshakeRefusal.TooManyConnections(RetryAfter));
        }

        metrics.Opened();
        return null;
    }

    /// <summary>A refusal for want of a place, counted.</summary>
    public HandshakeRefusal RefuseForHandshakes() => Refuse(HandshakeRefusal.TooManyRequests(RetryAfter));

    /// <summary>Counts a refusal.</summary>
    public HandshakeRefusal Refuse(HandshakeRefusal refusal)
    {
        metrics.Refused(refusal.StatusCode);
        return refusal;
    }

    public void Leave()
    {
        Interlocked.Decrement(ref _connections);
        metrics.Ended();
    }

    private static async ValueTask<Verdict> JudgeRequestAsync(WebSocketRoute route, RequestHead head, bool loopback)
    {
        HandshakeOptions options = IsSameOrigin(head) ? route.SameOriginHandshake : route.Handshake;
        HandshakeResult result = ServerHandshake.Evaluate(head, options);
        if (!result.IsAccepted)
        {
            return result.Refusal!;
        }

        IdentityResult identity = route.Identity is null ? default : await route.Identity.IdentifyAsync(head, loopback);
        return identity.Problem is null ? new Admission(route, result.Acceptance!, identity)
            : Refusal(identity);
    }

    /// <summary>What becomes of a client with a problem.</summary>
    public static HandshakeRefusal Refusal(in IdentityResult identity) => identity.IsUnavailable
        ? HandshakeRefusal.Unavailable(identity.Problem!, RetryAfter)
        : HandshakeRefusal.Unauthorized(identity.Problem!);

    /// <summary>Whether a request comes from a page of the host that it asks for.</summary>
    public static bool IsSameOrigin(RequestHead head)
    {
        string? origin = head.Header("Origin");
        int authority = origin?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        return authority > 0
            && origin.AsSpan(authority + 3).Equals(head.Header("Host"), StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryCount(ref int counter, int most)
    {
        if (Interlocked.Increment(ref counter) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref counter);
        return false;
    }
}
