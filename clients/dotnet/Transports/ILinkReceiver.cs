namespace Switchboard.Client.Transports;

/// <summary>Takes what comes over a link.</summary>
internal interface ILinkReceiver
{
    /// <summary>Takes an event. What it was given is not touched after it has returned.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not one.</exception>
    ValueTask OnEventAsync(ReadOnlyMemory<byte> message, bool isBinary);

    /// <summary>Something was heard that is not an event.</summary>
    void OnHeard();
}
