using Microsoft.Extensions.Logging;
using Switchboard.Core.Backplane;

namespace Switchboard.Gateway.Sessions;

internal sealed partial class Connecting
{
    [LoggerMessage(3, LogLevel.Debug, "Connection {Connection} was opened")]
    private static partial void LogOpened(ILogger logger, string connection);

    [LoggerMessage(4, LogLevel.Debug, "Connection {Connection} was resumed, in {Rooms} rooms")]
    private static partial void LogResumed(ILogger logger, string connection, int rooms);

    [LoggerMessage(5, LogLevel.Debug, "A connection could not be resumed: {Status}")]
    private static partial void LogNotResumed(ILogger logger, BackplaneStatus status);

    [LoggerMessage(6, LogLevel.Debug, "Connection {Connection} has lost its socket, which closed with {Code}")]
    private static partial void LogEnded(ILogger logger, string connection, ushort? code);
}
