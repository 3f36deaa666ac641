using Microsoft.Extensions.Logging;

namespace Switchboard.Gateway.WebSockets;

internal sealed partial class WebSocketConnection
{
    [LoggerMessage(1, LogLevel.Error, "Connection {Connection} on socket {Socket} ended by a failure of ours")]
    private static partial void LogFailed(ILogger logger, Exception exception, string? connection, string socket);
}
