namespace Switchboard.Webhooks.Notices;

/// <summary>What is to be told, once.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Key">The connection or room that it happened to: notices of one key stay in order.</param>
/// <param name="Id">The same for each attempt.</param>
/// <param name="Body">JSON in UTF-8.</param>
internal sealed record Notice(WebhookEvent Event, string Key, string Id, byte[] Body);
