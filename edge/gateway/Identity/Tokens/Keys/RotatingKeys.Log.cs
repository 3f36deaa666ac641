using Microsoft.Extensions.Logging;

namespace Switchboard.Gateway.Identity.Tokens.Keys;

internal sealed partial class RotatingKeys
{
    [LoggerMessage(1, LogLevel.Warning, "The key set {Name} can't be had; the keys that were had last count on")]
    private static partial void LogUnreachable(ILogger logger, Exception exception, string name);

    [LoggerMessage(2, LogLevel.Warning, "The key set {Name} is none that can be read; the keys that were had last count on")]
    private static partial void LogMalformed(ILogger logger, string name);
}
