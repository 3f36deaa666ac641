using Microsoft.Extensions.Logging;
using Switchboard.Core.Backplane;

namespace Switchboard.Gateway.Sessions;

internal sealed partial class Connecting
{
    [LoggerMessage(3, LogLevel.Debug, "Connection {Connection} of user {User} was opened")]
    private static partial void LogOpened(ILogger logger, string connection, string user);

    [LoggerMessage(4, LogLevel.Debug, "Connection {Connection} of user {User} was resumed, in {Rooms} rooms")]
    private static partial void LogResumed(ILogger logger, string connection, string user, int rooms);

    [LoggerMessage(5, LogLevel.Debug, "A connection of user {User} could not be resumed: {Status}")]
    private static partial void LogNotResumed(ILogger logger, string user, BackplaneStatus status);

    [LoggerMessage(6, LogLevel.Debug, "Connection {Connection} of user {User} has lost its socket, which closed with {Code}")]
    private static partial void LogEnded(ILogger logger, string connection, string user, ushort? code);
}
