using Switchboard.Core.Identifiers;

namespace Switchboard.Node.Connections;

internal sealed partial class ClaimSweep
{
    [LoggerMessage(1, LogLevel.Information, "Telling the cluster which connections are here: {Count}")]
    private static partial void LogClaiming(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "The cluster did not answer for {Count} connections; trying again")]
    private static partial void LogUnanswered(ILogger logger, int count);

    [LoggerMessage(3, LogLevel.Error, "Connection {Connection} could not be claimed; trying again")]
    private static partial void LogFailed(ILogger logger, Exception exception, ConnectionId connection);
}
