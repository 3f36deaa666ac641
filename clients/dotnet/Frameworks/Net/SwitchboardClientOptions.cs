namespace Switchboard.Client;

public sealed partial record SwitchboardClientOptions
{
    /// <summary>
    /// Changes how the network is reached in what the other options don't name. Called once for each connection. On .NET
    /// Standard it is not there.
    /// </summary>
    public Action<SocketsHttpHandler>? ConfigureHttp { get; init; }
}
