using Microsoft.Extensions.Logging;

namespace Switchboard.Gateway.Sessions;

internal sealed partial class Membership
{
    [LoggerMessage(1, LogLevel.Debug, "Connection {Connection} joined room {Room}")]
    private static partial void LogJoined(ILogger logger, string connection, LogName room);

    [LoggerMessage(2, LogLevel.Debug, "Connection {Connection} left room {Room}")]
    private static partial void LogLeft(ILogger logger, string connection, LogName room);
}
