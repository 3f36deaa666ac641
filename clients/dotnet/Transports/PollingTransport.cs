namespace Switchboard.Client.Transports;

/// <summary>Long polling. The first poll is the attempt to connect.</summary>
internal sealed class PollingTransport(SwitchboardClientOptions options) : ITransport
{
    public async ValueTask<ILink> OpenAsync(LinkRequest request, CancellationToken cancellationToken)
    {
        FallbackHttp http = new(options, request);
        try
        {
            using HttpResponseMessage first = await http.PollAsync(wait: 0, closes: false, cancellationToken);
            return new PollingLink(http, await first.Content.ReadAsByteArrayAsync(cancellationToken), options.TimeProvider);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }
}
