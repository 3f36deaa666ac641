namespace Switchboard.Webhooks;

/// <summary>What events are called on the wire and in metrics.</summary>
internal static class WebhookEventNames
{
    public static string Name(this WebhookEvent what) => what switch
    {
        WebhookEvent.Connect => "connect",
        WebhookEvent.Publish => "publish",
        WebhookEvent.Connected => "connected",
        WebhookEvent.Disconnected => "disconnected",
        WebhookEvent.Occupied => "occupied",
        _ => "vacated",
    };
}
