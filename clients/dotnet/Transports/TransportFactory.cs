namespace Switchboard.Client.Transports;

/// <summary>Makes the ways to the server.</summary>
internal static class TransportFactory
{
    public static ITransport Create(TransportKind kind, SwitchboardClientOptions options) => kind switch
    {
        TransportKind.WebSocket => new WebSocketTransport(options),
        TransportKind.ServerSentEvents => new EventStreamTransport(options),
        TransportKind.LongPolling => new PollingTransport(options),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such transport"),
    };
}
