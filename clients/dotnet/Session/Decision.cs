namespace Switchboard.Client.Session;

/// <summary>What is done after a connection has ended.</summary>
/// <param name="IsRetried">Whether there is another attempt.</param>
/// <param name="KeepsConnection">Whether that resumes; else it begins a new connection.</param>
/// <param name="Delay">In how long.</param>
internal readonly record struct Decision(bool IsRetried, bool KeepsConnection, TimeSpan Delay)
{
    /// <summary>No other attempt would end otherwise.</summary>
    public static readonly Decision Stop;
}
