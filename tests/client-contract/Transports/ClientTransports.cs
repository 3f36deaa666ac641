namespace Switchboard.ClientContract.Transports;

/// <summary>Every way in which the client protocol travels: the columns of the table.</summary>
public static class ClientTransports
{
    /// <summary>WebSocket, JSON.</summary>
    public static readonly ClientTransport WebSocket = new WebSocketTransport();

    private static readonly ClientTransport[] Known =
    [
        WebSocket,
        new ProtobufTransport(),
        new EventStreamTransport(),
        new PollingTransport("long-polling", wait: 20),
        new PollingTransport("polling", wait: 0),
    ];

    /// <summary>The names of all, for theories.</summary>
    public static TheoryData<string> All()
    {
        TheoryData<string> names = [];
        foreach (ClientTransport transport in Known)
        {
            names.Add(transport.Name);
        }

        return names;
    }

    /// <summary>One by its name.</summary>
    public static ClientTransport Get(string name) => Array.Find(Known, transport => transport.Name == name)!;
}
