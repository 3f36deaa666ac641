using Microsoft.AspNetCore.Http;
using Switchboard.Core.Identifiers;
using Switchboard.Protocol.Envelope.Fallbacks;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>
/// Long polling and plain polling: a request carries the client's commands up, its answer carries events down. What did
/// not fit into the answer, or was lost with it, comes with the next one, as the client's positions say what it has.
/// </summary>
internal sealed class PollEndpoint(FallbackService service)
{
    public async Task ServeAsync(HttpContext context, UserName user)
    {
        (FallbackRequest? request, _, Problem? problem) =
            await RequestBody.ReadAsync(context, service.Options, service.Limits);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        PipeTransport transport = new(context.TraceIdentifier);
        problem = service.TryBegin(
            transport,
            (connection, services, codec) => new FallbackSession(connection, services, user, codec),
            out FallbackSession? session,
            out Task serving);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        using JsonArrayWriter answer = new();
        EventReader events = new(transport, answer, service.Time);
        try
        {
            await new Exchange(request!, session!, events, answer, service.Options, service.Time)
                .RunAsync(context.RequestAborted);
        }
        finally
        {
            transport.End(request!.Close);
            await serving;
        }

        HttpResponse response = context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        ReadOnlyMemory<byte> body = answer.Complete();
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
