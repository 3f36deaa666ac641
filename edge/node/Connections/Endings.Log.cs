using Switchboard.Core.Identifiers;

namespace Switchboard.Node.Connections;

internal sealed partial class Endings
{
    [LoggerMessage(1, LogLevel.Warning, "The cluster was not told in time that connection {Connection} is no longer here")]
    private static partial void LogGaveUp(ILogger logger, ConnectionId connection);

    [LoggerMessage(2, LogLevel.Error, "The cluster failed when it was told that connection {Connection} is no longer here")]
    private static partial void LogFailed(ILogger logger, Exception exception, ConnectionId connection);
}
