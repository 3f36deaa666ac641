namespace Switchboard.Client.Session;

/// <summary>How a connection to the server ended, or why there was none.</summary>
/// <param name="Code">The close code; 1006 where there was none.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record LinkEnd(int Code, string Reason)
{
    /// <summary>The socket ended without a word, or never opened.</summary>
    public const int Abnormal = 1006;

    /// <summary>The connection is no more; another one is asked for at once.</summary>
    public const int Renewed = 4400;

    /// <summary>The HTTP status with which it was refused; 0 for none.</summary>
    public int Status { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>Whether this way may be closed while another is not: something in between does not let it through.</summary>
    public bool MayBeTheWay { get; init; }

    /// <summary>The error that the connect was answered with; null for none.</summary>
    public string? Error { get; init; }

    /// <summary>What was caught.</summary>
    public Exception? Cause { get; init; }
}
