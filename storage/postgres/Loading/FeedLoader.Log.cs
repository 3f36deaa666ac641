using Microsoft.Extensions.Logging;
using Switchboard.Core.Feeds;

namespace Switchboard.Storage.Postgres.Loading;

internal sealed partial class FeedLoader
{
    [LoggerMessage(11, LogLevel.Error, "The database is not available: durable rooms can't be opened")]
    private static partial void LogOutage(ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Information, "The database is available again")]
    private static partial void LogRecovered(ILogger logger);

    [LoggerMessage(13, LogLevel.Error, "The database did not hand out {Feed}")]
    private static partial void LogRefused(ILogger logger, Exception exception, FeedId feed);
}
