using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Fallbacks;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>Server-sent events: a session whose events are one answer that does not end. Its commands come by <see cref="SendEndpoint"/>.</summary>
internal sealed class StreamEndpoint(FallbackService service)
{
    public async Task ServeAsync(HttpContext context, IdentityResult client)
    {
        (FallbackRequest? request, _, Problem? problem) = HttpMethods.IsGet(context.Request.Method)
            ? RequestBody.Decode(FromQuery(context.Request.Query), service.Options, service.Limits)
            : await RequestBody.ReadAsync(context, service.Options, service.Limits);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        PipeTransport transport = new(context.TraceIdentifier);
        EventStreamWriter writer = new(context.Response.BodyWriter);
        EventReader events = new(transport, writer, service.Time);
        problem = service.TryBegin(
            client, transport, request!, new FallbackServing(request!.Sequence, events.Wake, static () => false), out LiveSession? live);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        try
        {
            Open(context, writer);
            live!.Session.Begin(request);

            // A client that does not take what is there, the close included, is cut off.
            using CancellationTokenRegistration cut = transport.Aborted.Register(context.Abort);
            await StreamAsync(context, live.Session, events, writer);
        }
        finally
        {
            await live!.EndAsync();
        }
    }

    private static void Open(HttpContext context, EventStreamWriter writer)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        HttpResponse response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        writer.WriteOpening();
    }

    private async Task StreamAsync(
        HttpContext context, FallbackSession session, EventReader events, EventStreamWriter writer)
    {
        CancellationToken aborted = context.RequestAborted;
        long began = service.Time.GetTimestamp();
        Task marking = session.MarkAsync();
        bool IsOver() => session.IsGoodbye || IsRefused(session, events);
        while (!events.HasEnded && !IsOver())
        {
            await context.Response.BodyWriter.FlushAsync(aborted);
            int before = events.Count;
            await events.ReadUntilAsync(
                () => events.Count != before || IsOver(),
                service.Options.StreamHeartbeat,
                aborted);
            aborted.ThrowIfCancellationRequested();
            if (events.Count == before && !events.HasEnded && !IsOver())
            {
                writer.WriteComment();
            }

            if (service.Options.StreamLife > TimeSpan.Zero && service.Time.GetElapsedTime(began) >= service.Options.StreamLife)
            {
                session.Connection.Close(CloseReason.GoingAway);
            }
        }

        await context.Response.BodyWriter.FlushAsync(aborted);
        if (events.Marks > 0)
        {
            await marking;
        }
    }

    // As on a socket, the error says why; but the next try takes a stream of its own.
    private static bool IsRefused(FallbackSession session, EventReader events) =>
        events.Marks > 0 && session.Welcomed is null;

    // What a POST would have in its body.
    private static byte[] FromQuery(IQueryCollection query)
    {
        List<string> fields = [];
        if (query.TryGetValue("resume", out StringValues resume))
        {
            fields.Add($"\"resume\":\"{JsonEncodedText.Encode(resume.ToString())}\"");
        }

        foreach (string name in new[] { "positions", "seq", "turn" })
        {
            if (query.TryGetValue(name, out StringValues value))
            {
                fields.Add($"\"{name}\":{value}");
            }
        }

        return Encoding.UTF8.GetBytes($"{{{string.Join(',', fields)}}}");
    }
}
