using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Listening;

/// <summary>
/// The way in for WebSockets that ASP.NET Core has read already: upgrades behind its TLS, or on a connection that carried
/// another request before, and those over HTTP/2 (RFC 8441). The same handshake and framing, over the stream that the
/// server hands out.
/// </summary>
internal sealed class UpgradeMiddleware(RequestDelegate next, WebSocketGateway gateway)
{
    public async Task InvokeAsync(HttpContext context)
    {
        WebSocketRoute? route = gateway.FindRoute(Encoding.UTF8.GetBytes(context.Request.Path.Value ?? string.Empty));
        if (route is null)
        {
            await next(context);
            return;
        }

        IHttpUpgradeFeature? upgrade = context.Features.Get<IHttpUpgradeFeature>();
        IHttpExtendedConnectFeature? connect = context.Features.Get<IHttpExtendedConnectFeature>();
        bool connects = connect is { IsExtendedConnect: true, Protocol: "websocket" };
        Verdict verdict = await JudgeAsync(context, route, connects);
        if (verdict.Admission is { } admission && connects)
        {
            await ServeAsync(context, connect!, admission);
        }
        else if (verdict.Admission is { } upgraded && upgrade is { IsUpgradableRequest: true })
        {
            await ServeAsync(context, upgrade, upgraded);
        }
        else
        {
            if (verdict.Admission is not null)
            {
                gateway.Release(verdict.Admission);
            }

            await RefuseAsync(context, verdict.Refusal ?? HandshakeRefusal.UpgradeRequired());
        }
    }

    private async ValueTask<Verdict> JudgeAsync(HttpContext context, WebSocketRoute route, bool connects)
    {
        RequestHeadResult result = ContextHead.Read(context, gateway.HeadLimits, connects);
        bool loopback = context.Features.Get<LoopbackFeature>() is not null;
        return result.IsDone
            ? await gateway.Gatekeeper.JudgeAsync(route, result.Head, loopback, context.Connection.RemoteIpAddress)
            : gateway.Gatekeeper.Refuse(result.Refusal ?? HandshakeRefusal.BadRequest("The request is malformed."));
    }

    private async Task ServeAsync(HttpContext context, IHttpUpgradeFeature upgrade, Admission admission)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.Connection = "Upgrade";
        headers.SecWebSocketAccept = admission.Acceptance.Accept;
        WriteAgreed(headers, admission);
        await using Stream stream = await upgrade.UpgradeAsync();
        await gateway.ServeAsync(new UpgradedConnection(context, stream), admission, answered: true);
    }

    // RFC 8441 §4: the stream of the request is the connection, and its end the end of that.
    private async Task ServeAsync(HttpContext context, IHttpExtendedConnectFeature connect, Admission admission)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        // A WebSocket may be silent for as long as its heartbeat allows.
        context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = null;
        WriteAgreed(context.Response.Headers, admission);
        await using Stream stream = await connect.AcceptAsync();
        await gateway.ServeAsync(new UpgradedConnection(context, stream), admission, answered: true);
    }

    private static void WriteAgreed(IHeaderDictionary headers, Admission admission)
    {
        if (admission.Acceptance.Subprotocol is { } subprotocol)
        {
            headers.SecWebSocketProtocol = subprotocol;
        }

        if (admission.Acceptance.Extensions is { } extensions)
        {
            headers.SecWebSocketExtensions = extensions;
        }
    }

    private static async Task RefuseAsync(HttpContext context, HandshakeRefusal refusal)
    {
        context.Response.StatusCode = refusal.StatusCode;
        context.Response.ContentType = "text/plain; charset=utf-8";
        foreach ((string name, string value) in refusal.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(refusal.Text);
    }
}
