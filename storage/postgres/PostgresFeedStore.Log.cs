using Microsoft.Extensions.Logging;

namespace Switchboard.Storage.Postgres;

public sealed partial class PostgresFeedStore
{
    [LoggerMessage(
        31,
        LogLevel.Warning,
        "The database has {Setting} = off: a crash of its server can lose what was acknowledged")]
    private static partial void LogUnsafe(ILogger logger, string setting);
}
