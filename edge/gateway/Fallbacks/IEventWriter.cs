namespace Switchboard.Gateway.Fallbacks;

/// <summary>Where the events go that a session sends.</summary>
internal interface IEventWriter
{
    /// <summary>Writes one event.</summary>
    /// <param name="json">Its text, one JSON object.</param>
    void Write(ReadOnlySpan<byte> json);
}
