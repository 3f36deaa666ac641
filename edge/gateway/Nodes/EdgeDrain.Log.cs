using Microsoft.Extensions.Logging;

namespace Switchboard.Gateway;

public sealed partial class EdgeDrain
{
    [LoggerMessage(1, LogLevel.Information, "Draining: {Connections} clients are sent to other edges within {Time}")]
    private static partial void LogDraining(ILogger logger, int connections, TimeSpan time);
}
