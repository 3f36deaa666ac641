namespace Switchboard.Node.Cluster;

/// <summary>Has the client look for silos for as long as it takes, and says where it looks and what came of it.</summary>
internal sealed partial class ConnectionRetry(string place, TimeProvider time, ILogger<ConnectionRetry> logger)
    : IClientConnectionRetryFilter
{
    // Longer than the client's own pause before it tries an address again.
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Reminder = TimeSpan.FromSeconds(30);

    private string? _said;
    private long _saidAt;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        string reason = Innermost(exception);
        if (reason != _said || time.GetElapsedTime(_saidAt) >= Reminder)
        {
            _said = reason;
            _saidAt = time.GetTimestamp();
            LogNobody(logger, place, reason);
        }

        await Task.Delay(Delay, time, cancellationToken);
        return true;
    }

    // What Orleans wraps around it is longer and says less.
    private static string Innermost(Exception exception)
    {
        Exception cause = exception;
        while (cause.InnerException is { } inner)
        {
            cause = inner;
        }

        return cause.Message.ReplaceLineEndings(" ");
    }

    [LoggerMessage(1, LogLevel.Warning, "No silo answers at {Place} ({Reason}); trying again")]
    private static partial void LogNobody(ILogger logger, string place, string reason);
}
