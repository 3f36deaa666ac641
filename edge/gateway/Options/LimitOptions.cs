namespace Switchboard.Gateway;

/// <summary>What one client, and all of them together, may do.</summary>
public sealed class LimitOptions
{
    /// <summary>The most WebSockets at one time. Above it, 503.</summary>
    public int MaxConnections { get; set; } = 100_000;

    /// <summary>The most handshakes that may be under way at one time. Above it, 429.</summary>
    public int MaxHandshakes { get; set; } = 1_000;

    /// <summary>How long a request head may take to arrive. After it, 408.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after the handshake the connect command may take. After it, close code 4501.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the closing handshake may take before the socket is cut.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a message may take from its first byte to its last. After it, close code 1008.</summary>
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest message of a client in bytes, decompressed. Above it, close code 1009.</summary>
    public int MaxMessageBytes { get; set; } = 128 * 1024;

    /// <summary>The most frames of one message. Above it, close code 1008.</summary>
    public int MaxFragments { get; set; } = 1024;

    /// <summary>How many messages a second a client may send on average; 0 for any. Above it, the error too_fast.</summary>
    public int MessagesPerSecond { get; set; } = 500;

    /// <summary>How many it may send at once after a silence.</summary>
    public int MessageBurst { get; set; } = 1_000;

    /// <summary>How many may be refused before the client pauses long enough for a whole burst; then the socket is closed with 4502.</summary>
    public int MaxRefusals { get; set; } = 1_000;

    /// <summary>Bytes of messages a second, decompressed, that a client may send on average; 0 for any. Above it, the error too_fast.</summary>
    public long BytesPerSecond { get; set; } = 8 * 1024 * 1024;

    /// <summary>How many bytes it may send at once after a silence. A larger message takes all of them.</summary>
    public long ByteBurst { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many resumes may fail on one socket; then it is closed with 4502.</summary>
    public int MaxFailedResumes { get; set; } = 10;

    /// <summary>What the clients of one address may do together.</summary>
    public AddressLimitOptions PerAddress { get; set; } = new();

    /// <summary>What the connections of one user may do together.</summary>
    public UserLimitOptions PerUser { get; set; } = new();

    /// <summary>What clients may publish to one room, counted on this edge.</summary>
    public TrafficOptions PerRoom { get; set; } = new();

    /// <summary>The most addresses, and the most users, that are told apart; all further ones share what one may do.</summary>
    public int MaxTracked { get; set; } = 100_000;

    /// <summary>From which memory use on nobody is let in.</summary>
    public MemoryLimitOptions Memory { get; set; } = new();

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        TimeSpan shortest = TimeSpan.FromMilliseconds(1);
        TimeSpan longest = TimeSpan.FromHours(1);
        return Range.Check(nameof(MaxConnections), MaxConnections, 1, 10_000_000)
            .Concat(Range.Check(nameof(MaxHandshakes), MaxHandshakes, 1, 1_000_000))
            .Concat(Range.Check(nameof(HandshakeTimeout), HandshakeTimeout, shortest, longest))
            .Concat(Range.Check(nameof(ConnectTimeout), ConnectTimeout, shortest, longest))
            .Concat(Range.Check(nameof(CloseTimeout), CloseTimeout, shortest, longest))
            .Concat(Range.Check(nameof(MessageTimeout), MessageTimeout, shortest, longest))
            .Concat(Range.Check(nameof(MaxMessageBytes), MaxMessageBytes, 1024, 1 << 30))
            .Concat(Range.Check(nameof(MaxFragments), MaxFragments, 1, int.MaxValue))
            .Concat(Range.Check(nameof(MessagesPerSecond), MessagesPerSecond, 0, 10_000_000))
            .Concat(Range.Check(nameof(MessageBurst), MessageBurst, 1, 10_000_000))
            .Concat(Range.Check(nameof(MaxRefusals), MaxRefusals, 0, int.MaxValue))
            .Concat(Range.Check(nameof(BytesPerSecond), BytesPerSecond, 0, 1L << 32))
            .Concat(Range.Check(nameof(ByteBurst), ByteBurst, 1024, 1L << 32))
            .Concat(Range.Check(nameof(MaxFailedResumes), MaxFailedResumes, 1, int.MaxValue))
            .Concat(Range.Check(nameof(MaxTracked), MaxTracked, 1, 10_000_000))
            .Concat(PerAddress.Validate().Select(static issue => $"{nameof(PerAddress)}.{issue}"))
            .Concat(PerUser.Validate().Select(static issue => $"{nameof(PerUser)}.{issue}"))
            .Concat(PerRoom.Validate().Select(static issue => $"{nameof(PerRoom)}.{issue}"))
            .Concat(Memory.Validate().Select(static issue => $"{nameof(Memory)}.{issue}"));
    }
}
