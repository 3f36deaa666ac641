namespace Switchboard.Client;

/// <summary>How much may wait to be sent. Beyond it, publishing fails with <see cref="ErrorCodes.OutboxFull"/>.</summary>
public sealed record OutboxOptions
{
    /// <summary>How many messages.</summary>
    public int MaxMessages { get; init; } = 1000;

    /// <summary>How many bytes, as they go out.</summary>
    public long MaxBytes { get; init; } = 1024 * 1024;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes, 1);
    }
}
