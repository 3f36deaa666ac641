using Microsoft.Extensions.Logging;

namespace Switchboard.Storage.Postgres.Trimming;

internal sealed partial class Trimmer
{
    [LoggerMessage(21, LogLevel.Warning, "What is past its retention was not deleted; the next round tries again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
