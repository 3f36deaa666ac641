using Switchboard.Core.Identifiers;

namespace Switchboard.Node.Leases;

internal sealed partial class Lease
{
    [LoggerMessage(1, LogLevel.Information, "Edge {Edge} is known to the cluster, with a lease of {Length}")]
    private static partial void LogRegistered(ILogger logger, EdgeId edge, TimeSpan length);

    [LoggerMessage(2, LogLevel.Warning, "Not registered: {What}")]
    private static partial void LogWaiting(ILogger logger, string what);

    [LoggerMessage(3, LogLevel.Warning, "The lease has ended: the cluster has not answered for {Time}")]
    private static partial void LogLapsed(ILogger logger, TimeSpan time);

    [LoggerMessage(4, LogLevel.Warning, "The cluster had forgotten this edge; registering again")]
    private static partial void LogForgotten(ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "Silos are gone: {Silos}")]
    private static partial void LogGone(ILogger logger, string silos);

    [LoggerMessage(6, LogLevel.Error, "The registry of edges failed; asking again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
