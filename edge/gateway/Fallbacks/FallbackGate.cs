using System.Net;
using Microsoft.AspNetCore.Http;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Limits;
using Switchboard.Gateway.Listening;
using Switchboard.Protocol.Handshake;
using HeaderNames = Microsoft.Net.Http.Headers.HeaderNames;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>
/// Who may ask what over plain HTTP: the same hosts, origins and identities as for WebSockets, told to browsers in the
/// way of CORS.
/// </summary>
internal sealed class FallbackGate(GatewayOptions options, WebSocketGateway gateway, IIdentityProvider identity)
{
    private const string CrossSite = "cross-site";

    // The route of the WebSocket, whose rules hold here.
    private readonly HandshakeOptions _rules = gateway.FindRoute(System.Text.Encoding.ASCII.GetBytes(options.Path))!.Handshake;
    private int _requests;

    /// <summary>Judges host and origin, and tells a browser of an allowed page that it may read the answer.</summary>
    public Problem? JudgeOrigin(HttpContext context, out RequestHead? head)
    {
        RequestHeadResult result = ContextHead.Read(context, gateway.HeadLimits);
        head = result.Head;
        if (!result.IsDone || head is null)
        {
            return Refuse(result.Refusal ?? HandshakeRefusal.BadRequest("The request is malformed."));
        }

        if (!_rules.Hosts.Allows(head.Host))
        {
            return Refuse(HandshakeRefusal.BadRequest("The host is not served here."));
        }

        IHeaderDictionary answer = context.Response.Headers;
        answer.Append(HeaderNames.Vary, HeaderNames.Origin);
        string? origin = head.Header(HeaderNames.Origin);
        bool sameOrigin = Gatekeeper.IsSameOrigin(head);
        if (head.CountHeaders(HeaderNames.Origin) > 1 || !(sameOrigin || _rules.Origins.Allows(origin)))
        {
            return Refuse(HandshakeRefusal.Forbidden("The origin is not allowed to connect here."));
        }

        // What a foreign page embeds is fetched without an origin; browsers say so here.
        if (origin is null && head.Header("Sec-Fetch-Site") == CrossSite)
        {
            return Refuse(HandshakeRefusal.Forbidden("A page of another site may not embed this."));
        }

        if (origin is not null)
        {
            answer.AccessControlAllowOrigin = origin;
            answer.AccessControlExposeHeaders = HeaderNames.RetryAfter;
            if (!_rules.Origins.AllowsAny)
            {
                answer.AccessControlAllowCredentials = "true";
            }
        }

        return null;
    }

    /// <summary>Answers a browser that asks whether a page may send a request.</summary>
    public static void AnswerPreflight(HttpContext context, string methods)
    {
        IHeaderDictionary answer = context.Response.Headers;
        answer.AccessControlAllowMethods = methods;
        answer.AccessControlAllowHeaders = "Authorization, Content-Type";
        answer.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>
    /// Finds out who asks, and whether the client may now. A token comes with every request: there is no first message. One
    /// that the application is to name comes back unknown. The client's shares are to be left when the request has ended.
    /// </summary>
    public async ValueTask<(IdentityResult Client, Problem? Problem)> IdentifyAsync(HttpContext context, RequestHead head)
    {
        IPAddress? peer = context.Connection.RemoteIpAddress;
        IPAddress? client = gateway.Clients.Addresses.Find(peer, head);
        if (gateway.Gatekeeper.TryRequest(client, out ClientShares? shares) is { } refusal)
        {
            return (default, Problem.From(refusal));
        }

        bool admitted = false;
        try
        {
            bool loopback = context.Features.Get<LoopbackFeature>() is not null
                && (ReferenceEquals(client, peer) || IPAddress.IsLoopback(client!));
            IdentityResult who = await identity.IdentifyAsync(head, loopback);
            bool isNamedLater = who is { IsDeferred: true, Facts: not null };
            if ((who.IsDeferred && !isNamedLater) || who.Problem is not null)
            {
                return (default, Refuse(who.IsDeferred
                    ? HandshakeRefusal.Unauthorized(TokenRefusal.Missing.Text())
                    : Gatekeeper.Refusal(who)));
            }

            if (!isNamedLater && !shares!.TryAdd(who.User))
            {
                return (default, Problem.From(gateway.Gatekeeper.RefuseForHandshakes()));
            }

            admitted = true;
            return (who with { Shares = shares }, null);
        }
        finally
        {
            if (!admitted)
            {
                shares!.Leave();
            }
        }
    }

    /// <summary>Counts a request that is under way until <see cref="End"/>, or refuses it.</summary>
    public Problem? Begin()
    {
        if (Interlocked.Increment(ref _requests) <= options.Fallbacks.MaxRequests)
        {
            return null;
        }

        End();
        return Problem.From(gateway.Gatekeeper.RefuseForHandshakes());
    }

    public void End() => Interlocked.Decrement(ref _requests);

    private Problem Refuse(HandshakeRefusal refusal) => Problem.From(gateway.Gatekeeper.Refuse(refusal));
}
