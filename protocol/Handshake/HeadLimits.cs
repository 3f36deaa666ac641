namespace Switchboard.Protocol.Handshake;

/// <summary>
/// How large a request or response head may be. Past a limit the peer is refused at once, complete or not.
/// </summary>
public sealed class HeadLimits
{
    /// <summary>
    /// The whole head with its final empty line, in bytes; 431 beyond. 128 to 1,048,576, by default 16,384.
    /// </summary>
    public int MaxBytes { get; set; } = 16 * 1024;

    /// <summary>How many header lines; 431 beyond. 1 to 1,000, by default 100.</summary>
    public int MaxHeaders { get; set; } = 100;

    /// <summary>The request target, in bytes; 414 beyond. 1 to 1,048,576, by default 8,192.</summary>
    public int MaxTargetBytes { get; set; } = 8 * 1024;

    /// <summary>Says what is wrong with these limits, or null where they are valid.</summary>
    public string? Validate() => this switch
    {
        { MaxBytes: < 128 or > 1024 * 1024 } => $"{nameof(MaxBytes)} must lie between 128 and 1048576",
        { MaxHeaders: < 1 or > 1000 } => $"{nameof(MaxHeaders)} must lie between 1 and 1000",
        { MaxTargetBytes: < 1 or > 1024 * 1024 } => $"{nameof(MaxTargetBytes)} must lie between 1 and 1048576",
        _ => null,
    };
}
