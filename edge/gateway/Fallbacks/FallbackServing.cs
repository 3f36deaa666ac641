namespace Switchboard.Gateway.Fallbacks;

/// <summary>How a session without a socket is served.</summary>
/// <param name="FirstSequence">The number of the first request that comes later.</param>
/// <param name="Wake">Wakes whoever waits for something to say; called when commands were carried out. Any thread.</param>
/// <param name="IsFull">Whether no more answers fit. Any thread.</param>
internal sealed record FallbackServing(long FirstSequence, Action Wake, Func<bool> IsFull);
