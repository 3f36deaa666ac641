namespace Switchboard.Webhooks.Sending;

/// <summary>What came of one request.</summary>
/// <param name="Status">The HTTP status; 0 where there was no answer.</param>
/// <param name="Body">The answer's body, where it was to be read.</param>
/// <param name="Problem">What went wrong, where there was no answer in time; else null.</param>
internal readonly record struct PostResult(int Status, byte[] Body, string? Problem)
{
    /// <summary>Whether the endpoint took it.</summary>
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>Why it was not taken.</summary>
    public string Reason => Problem ?? $"status {Status}";
}
