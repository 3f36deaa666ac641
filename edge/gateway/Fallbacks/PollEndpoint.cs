using Microsoft.AspNetCore.Http;
using Switchboard.Protocol.Envelope.Fallbacks;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>
/// Long polling and plain polling: a request carries the client's commands up, its answer carries events down. What did
/// not fit into the answer, or was lost with it, comes with the next one, as the client's positions say what it has.
/// </summary>
internal sealed class PollEndpoint(FallbackService service)
{
    public async Task ServeAsync(HttpContext context, IdentityResult client)
    {
        (FallbackRequest? request, _, Problem? problem) =
            await RequestBody.ReadAsync(context, service.Options, service.Limits);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        using JsonArrayWriter answer = new();
        bool IsFull() => answer.Length >= service.Options.MaxResponseBytes;
        PipeTransport transport = new(context.TraceIdentifier);
        EventReader events = new(transport, answer, service.Time);
        problem = service.TryBegin(
            client, transport, request!, new FallbackServing(request!.Sequence, events.Wake, IsFull), out LiveSession? live);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        try
        {
            await new Exchange(request, live!.Session, events, service.Options, service.Time)
                .RunAsync(IsFull, context.RequestAborted);
        }
        finally
        {
            await live!.EndAsync();
        }

        HttpResponse response = context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        ReadOnlyMemory<byte> body = answer.Complete();
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
