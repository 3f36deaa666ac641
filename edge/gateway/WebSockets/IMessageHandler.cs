namespace Switchboard.Gateway.WebSockets;

/// <summary>What is done with the messages of one WebSocket.</summary>
internal interface IMessageHandler
{
    /// <summary>What it is called in the log; null while it has no name.</summary>
    string? Name => null;

    /// <summary>
    /// Takes a message. The payload is valid until the first await. Nothing more is read before the task completes.
    /// </summary>
    ValueTask OnMessageAsync(ReadOnlySpan<byte> payload, bool binary);

    /// <summary>
    /// Whether one more ping is within the rate; one that is not stays unanswered, which RFC 6455 §5.5.3 allows as long
    /// as a later one is answered.
    /// </summary>
    bool AdmitsPing();

    /// <summary>Looks at the time; called by the sweep, about once a second.</summary>
    /// <param name="now">Milliseconds of the gateway's clock.</param>
    void OnSweep(long now);

    /// <summary>
    /// Called by the read loop, between messages, after the sweep asked for it: for what must not run beside a message.
    /// </summary>
    ValueTask OnWokenAsync() => default;

    /// <summary>The queue was full, and is half empty again.</summary>
    void OnDrained();

    /// <summary>The socket has ended. The last call.</summary>
    /// <param name="peerCloseCode">The code of the peer's close frame; null when none came.</param>
    ValueTask OnEndedAsync(ushort? peerCloseCode);
}
