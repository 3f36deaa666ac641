using Microsoft.Extensions.Logging;

namespace Switchboard.Webhooks.Notices;

internal sealed partial class NoticeSender
{
    [LoggerMessage(1, LogLevel.Warning, "{Endpoint} did not take a notice: {Reason}; {Count} attempts failed since the last such line")]
    private static partial void LogFailed(ILogger logger, string endpoint, string reason, long count);

    [LoggerMessage(2, LogLevel.Warning, "A notice for {Endpoint} was given up: {Reason}; {Count} since the last such line")]
    private static partial void LogDropped(ILogger logger, string endpoint, string reason, long count);
}
