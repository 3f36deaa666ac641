namespace Switchboard.Client;

/// <summary>A command was refused, or could not be carried out.</summary>
public sealed class SwitchboardException : Exception
{
    internal SwitchboardException(
        string code, string message, bool isRetryable = false, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        IsRetryable = isRetryable;
        RetryAfter = retryAfter;
    }

    /// <summary>What is wrong: one of <see cref="ErrorCodes"/>, or another word of the server's or the application's.</summary>
    public string Code { get; }

    /// <summary>Whether the same may succeed later.</summary>
    public bool IsRetryable { get; }

    /// <summary>After how long, where the server said.</summary>
    public TimeSpan? RetryAfter { get; }
}
