using Switchboard.Core.Rooms;
using Switchboard.Webhooks.Signing;

namespace Switchboard.Webhooks.Sending;

/// <summary>One address with what was configured for it.</summary>
internal sealed class Endpoint(EndpointOptions options)
{
    public EndpointOptions Options => options;

    public Uri Url { get; } = new(options.Url);

    /// <summary>What it is called in logs: its query may hold a secret.</summary>
    public string Name { get; } = new Uri(options.Url).GetLeftPart(UriPartial.Path);

    public WebhookSigner Signer { get; } = new(WebhookSecret.Read(options));

    public bool Wants(WebhookEvent what) => options.Events.Contains(what);

    public bool Wants(WebhookEvent what, string room) => Wants(what) && NamePattern.Matches(options.Rooms, room);
}
