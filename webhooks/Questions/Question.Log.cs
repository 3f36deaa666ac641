using Microsoft.Extensions.Logging;

namespace Switchboard.Webhooks.Questions;

internal sealed partial class Question
{
    [LoggerMessage(1, LogLevel.Warning, "{Endpoint} gave no answer to {Event}: {Reason}; {Count} since the last such line")]
    private static partial void LogFailed(ILogger logger, string endpoint, string @event, string reason, long count);
}
