namespace Switchboard.Gateway.Limits;

/// <summary>What one address, user or connection may do: the same for each of its kind.</summary>
internal sealed record ShareLimits
{
    public TokenRate Handshakes { get; init; }

    public TokenRate Requests { get; init; }

    public TokenRate FailedResumes { get; init; }

    public required TokenRate Messages { get; init; }

    public required TokenRate Bytes { get; init; }

    /// <summary>Sockets at one time; 0 for any.</summary>
    public int MaxConnections { get; init; }

    /// <summary>Sockets at one time that have not said yet what they want; 0 for any.</summary>
    public int MaxSilent { get; init; }

    /// <summary>Handshakes under way at one time; 0 for any.</summary>
    public int MaxHandshakes { get; init; }

    public static ShareLimits Of(AddressLimitOptions options) => new()
    {
        Handshakes = new TokenRate(options.HandshakesPerSecond, options.HandshakeBurst),
        Requests = new TokenRate(options.RequestsPerSecond, options.RequestBurst),
        FailedResumes = new TokenRate(options.FailedResumesPerMinute, options.FailedResumeBurst, 60_000),
        Messages = new TokenRate(options.MessagesPerSecond, options.MessageBurst),
        Bytes = new TokenRate(options.BytesPerSecond, options.ByteBurst),
        MaxConnections = options.MaxConnections,
        MaxSilent = options.MaxSilent,
        MaxHandshakes = options.MaxHandshakes,
    };

    /// <summary>What one connection may send, as on a socket.</summary>
    public static ShareLimits OfConnection(LimitOptions options) => new()
    {
        Messages = new TokenRate(options.MessagesPerSecond, options.MessageBurst),
        Bytes = new TokenRate(options.BytesPerSecond, options.ByteBurst),
    };

    public static ShareLimits Of(UserLimitOptions options) => new()
    {
        Messages = new TokenRate(options.MessagesPerSecond, options.MessageBurst),
        Bytes = new TokenRate(options.BytesPerSecond, options.ByteBurst),
        MaxConnections = options.MaxConnections,
    };
}
