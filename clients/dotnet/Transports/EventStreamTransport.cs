using Switchboard.Client.Session;

namespace Switchboard.Client.Transports;

/// <summary>Server-sent events, and requests that carry commands.</summary>
internal sealed class EventStreamTransport(SwitchboardClientOptions options) : ITransport
{
    public async ValueTask<ILink> OpenAsync(LinkRequest request, CancellationToken cancellationToken)
    {
        FallbackHttp http = new(options, request);
        try
        {
            HttpResponseMessage response = await http.OpenStreamAsync(cancellationToken);
            if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
            {
                response.Dispose();
                throw new LinkException(new LinkEnd(LinkEnd.Abnormal, "what answered is not a stream of events") { MayBeTheWay = true });
            }

            return new EventStreamLink(http, response, options.TimeProvider);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }
}
