using Microsoft.Extensions.Logging;
using Switchboard.Core.Feeds;

namespace Switchboard.Storage.Postgres.Appending;

internal sealed partial class AppendWriter
{
    [LoggerMessage(1, LogLevel.Error, "The database is not available: publications to durable rooms are refused")]
    private static partial void LogOutage(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "The database is available again")]
    private static partial void LogRecovered(ILogger logger);

    [LoggerMessage(3, LogLevel.Error, "The database did not take an append to {Feed}")]
    private static partial void LogRefused(ILogger logger, Exception exception, FeedId feed);
}
