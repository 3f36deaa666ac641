using System.Net;
using Switchboard.Gateway.Limits;
using Switchboard.Gateway.Metrics;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Listening;

/// <summary>Decides who is let in: counts connections and handshakes, judges requests, asks for the identity.</summary>
internal sealed class Gatekeeper(LimitOptions limits, GatewayMetrics metrics, ClientLimits? clients = null)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // What has to end first, is not about to.
    private static readonly TimeSpan Crowded = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortOfMemory = TimeSpan.FromSeconds(30);

    private int _connections;
    private int _handshakes;
    private int _lingering;
    private volatile bool _stopping;

    public bool IsStopping => _stopping;

    /// <summary>Refuses everybody from now on.</summary>
    public void Stop() => _stopping = true;

    /// <summary>
    /// Counts a socket of which is not known yet what it wants, until the share is told that it ends; false when there are too many.
    /// </summary>
    /// <param name="peer">The share of whom it came from, which counts it; null where that has none.</param>
    public bool TryBeginSilence(Share? peer)
    {
        if (peer?.TryBeginSilence() == false)
        {
            clients?.Count(LimitScope.Address, LimitKind.Silent);
            return false;
        }

        return true;
    }

    /// <summary>Counts a handshake that has begun; false when there are too many.</summary>
    /// <param name="peer">The share of whom it came from, which counts it too; null where that has none.</param>
    public bool TryBeginHandshake(Share? peer = null)
    {
        if (!TryCount(ref _handshakes, limits.MaxHandshakes))
        {
            clients?.Count(LimitScope.Edge, LimitKind.Handshakes);
            return false;
        }

        if (peer?.TryBeginHandshake() == false)
        {
            Interlocked.Decrement(ref _handshakes);
            clients?.Count(LimitScope.Address, LimitKind.Handshakes);
            return false;
        }

        return true;
    }

    public void EndHandshake(Share? peer = null)
    {
        Interlocked.Decrement(ref _handshakes);
        peer?.EndHandshake();
    }

    /// <summary>
    /// Counts a socket that was refused and is waited for until it ends, up to <see cref="EndLinger"/>; false when as many
    /// are as handshakes may be under way.
    /// </summary>
    public bool TryLinger(Share? peer)
    {
        if (!TryCount(ref _lingering, limits.MaxHandshakes))
        {
            return false;
        }

        if (peer?.TryLinger() == false)
        {
            Interlocked.Decrement(ref _lingering);
            return false;
        }

        return true;
    }

    public void EndLinger(Share? peer)
    {
        Interlocked.Decrement(ref _lingering);
        peer?.EndLinger();
    }

    /// <summary>
    /// Judges a request for a route. An admission counts as a connection until <see cref="Leave"/>, and for its address
    /// and its user until its shares are left.
    /// </summary>
    /// <param name="route">What is asked for.</param>
    /// <param name="head">The request.</param>
    /// <param name="loopback">Whether it came in on an endpoint that listens on a loopback address.</param>
    /// <param name="peer">Whom it came from; null where that is not known.</param>
    public async ValueTask<Verdict> JudgeAsync(WebSocketRoute route, RequestHead head, bool loopback, IPAddress? peer = null)
    {
        if (clients is null)
        {
            return Admit(await JudgeRequestAsync(route, head, loopback));
        }

        if (clients.Memory.IsShort)
        {
            clients.Count(LimitScope.Edge, LimitKind.Memory);
            return Refuse(HandshakeRefusal.Unavailable("The server is short of memory.", ShortOfMemory));
        }

        IPAddress? client = clients.Addresses.Find(peer, head);
        Share? address = clients.Hold(client);
        if (address?.TryHandshake(clients.Now, out long wait) == false)
        {
            address.Release();
            clients.Count(LimitScope.Address, LimitKind.Handshakes);
            return Refuse(HandshakeRefusal.TooManyRequests(TimeSpan.FromMilliseconds(wait)));
        }

        // Whom a trusted proxy speaks for is not on this machine, wherever the proxy is.
        bool local = loopback && (ReferenceEquals(client, peer) || IPAddress.IsLoopback(client!));
        return await JudgeAsync(route, head, local, address);
    }

    private async ValueTask<Verdict> JudgeAsync(WebSocketRoute route, RequestHead head, bool loopback, Share? address)
    {
        if (!ClientShares.TryEnter(clients!, address, out ClientShares? shares))
        {
            address!.Release();
            return Refuse(HandshakeRefusal.TooManyRequests(Crowded));
        }

        bool admitted = false;
        try
        {
            Verdict verdict = await JudgeRequestAsync(route, head, loopback);
            if (verdict.Admission is { Identity.User: { Value: not null } user } && !shares!.TryAdd(user))
            {
                return Refuse(HandshakeRefusal.TooManyRequests(Crowded));
            }

            verdict = Admit(verdict);
            admitted = verdict.Admission is not null;
            return admitted ? verdict.Admission! with { Identity = verdict.Admission!.Identity with { Shares = shares } } : verdict;
        }
        finally
        {
            if (!admitted)
            {
                shares!.Leave();
            }
        }
    }

    private Verdict Admit(in Verdict verdict)
    {
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
            clients?.Count(LimitScope.Edge, LimitKind.Connections);
            return Refuse(HandshakeRefusal.TooManyConnections(RetryAfter));
        }

        metrics.Opened();
        return null;
    }

    /// <summary>Counts a request of an address, which is under way until its shares are left, or refuses it.</summary>
    public HandshakeRefusal? TryRequest(IPAddress? client, out ClientShares? shares)
    {
        shares = null;
        if (clients!.Memory.IsShort)
        {
            clients.Count(LimitScope.Edge, LimitKind.Memory);
            return Refuse(HandshakeRefusal.Unavailable("The server is short of memory.", ShortOfMemory));
        }

        Share? address = clients.Hold(client);
        if (address?.TryRequest(clients.Now, out long wait) == false)
        {
            address.Release();
            clients.Count(LimitScope.Address, LimitKind.Requests);
            return Refuse(HandshakeRefusal.TooManyRequests(TimeSpan.FromMilliseconds(wait)));
        }

        if (!ClientShares.TryEnter(clients, address, out shares))
        {
            address!.Release();
            return Refuse(HandshakeRefusal.TooManyRequests(Crowded));
        }

        return null;
    }

    /// <summary>Counts a new connection of a client that sends requests, as a handshake of its address, or refuses it.</summary>
    public HandshakeRefusal? TryHandshake(ClientShares? shares)
    {
        long wait = 0;
        return shares?.TryHandshake(clients!.Now, out wait) == false
            ? Refuse(HandshakeRefusal.TooManyRequests(TimeSpan.FromMilliseconds(wait)))
            : null;
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
