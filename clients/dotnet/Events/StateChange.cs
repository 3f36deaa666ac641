namespace Switchboard.Client;

/// <summary>A change of <see cref="SwitchboardClient.State"/>, or another failed attempt while it stays.</summary>
/// <param name="State">How the client stands now.</param>
/// <param name="CloseCode">The close code that ended the connection; 1006 where there was none; 0 where nothing ended.</param>
/// <param name="Reason">Why, for people; null where nothing went wrong.</param>
/// <param name="RetryAfter">In how long it is tried again; null where it is not.</param>
public sealed record StateChange(ConnectionState State, int CloseCode = 0, string? Reason = null, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether it will be tried again.</summary>
    public bool WillRetry => RetryAfter is not null;
}
