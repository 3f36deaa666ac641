namespace Switchboard.Gateway;

/// <summary>The HTTP fallbacks: the client protocol for those who can't open a WebSocket.</summary>
public sealed class FallbackOptions
{
    /// <summary>What their paths begin with: <c>/poll</c>, <c>/sse</c> and <c>/send</c> below it. Null or empty for none of them.</summary>
    public string? Path { get; set; } = "/fallback";

    /// <summary>The longest that a poll may wait for something to say. Above it, 400.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long a poll that has something to say goes on collecting, so that a burst is one answer.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The most polls and sends that may be under way at one time. Above it, 429.</summary>
    public int MaxRequests { get; set; } = 10_000;

    /// <summary>The largest body of a request, in bytes. Above it, 413.</summary>
    public int MaxRequestBytes { get; set; } = 256 * 1024;

    /// <summary>The most commands of one request. Above it, 400.</summary>
    public int MaxCommands { get; set; } = 100;

    /// <summary>With so many bytes an answer to a poll is full; the next poll goes on from there.</summary>
    public int MaxResponseBytes { get; set; } = 1024 * 1024;

    /// <summary>How many commands may wait for one event stream. Above it, 429.</summary>
    public int MaxWaitingCommands { get; set; } = 1_000;

    /// <summary>After how long a silence an event stream sends a comment, so that nobody in between gives it up.</summary>
    public TimeSpan StreamHeartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an event stream lives before the client is asked to open another; zero for as long as it likes.</summary>
    public TimeSpan StreamLife { get; set; } = TimeSpan.Zero;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        TimeSpan hour = TimeSpan.FromHours(1);
        IEnumerable<string> issues = Range.Check(nameof(MaxWait), MaxWait, TimeSpan.Zero, hour)
            .Concat(Range.Check(nameof(Linger), Linger, TimeSpan.Zero, TimeSpan.FromSeconds(10)))
            .Concat(Range.Check(nameof(MaxRequests), MaxRequests, 1, 1_000_000))
            .Concat(Range.Check(nameof(MaxRequestBytes), MaxRequestBytes, 1024, 1 << 30))
            .Concat(Range.Check(nameof(MaxCommands), MaxCommands, 1, 10_000))
            .Concat(Range.Check(nameof(MaxResponseBytes), MaxResponseBytes, 1024, 1 << 30))
            .Concat(Range.Check(nameof(MaxWaitingCommands), MaxWaitingCommands, MaxCommands, 1_000_000))
            .Concat(Range.Check(nameof(StreamHeartbeat), StreamHeartbeat, TimeSpan.FromMilliseconds(1), hour))
            .Concat(Range.Check(nameof(StreamLife), StreamLife, TimeSpan.Zero, TimeSpan.FromDays(1)));
        return string.IsNullOrEmpty(Path) || (Path.StartsWith('/') && !Path.EndsWith('/') && Path.AsSpan().IndexOfAny("?# ") < 0)
            ? issues
            : issues.Append($"{nameof(Path)} must begin with '/', not end with it, and hold no '?', '#' or space, but is '{Path}'");
    }
}
