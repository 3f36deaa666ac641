using Switchboard.Protocol.Deflate;

namespace Switchboard.Gateway;

/// <summary>How an edge serves its clients. Checked at start; times are given as TimeSpan text, "00:00:25".</summary>
public sealed class GatewayOptions
{
    /// <summary>The path of the WebSocket that speaks the client protocol.</summary>
    public string Path { get; set; } = "/ws";

    /// <summary>The path of a WebSocket that returns each message as it came; null for none.</summary>
    public string? EchoPath { get; set; }

    /// <summary>Who may connect, by Origin and Host.</summary>
    public AccessOptions Access { get; set; } = new();

    /// <summary>What a client and all of them together may do.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>Which proxies are believed when they say whose request they pass on.</summary>
    public ProxyOptions Proxies { get; set; } = new();

    /// <summary>How dead peers are found.</summary>
    public HeartbeatOptions Heartbeat { get; set; } = new();

    /// <summary>What happens to a client that can't keep up.</summary>
    public OutboundOptions Outbound { get; set; } = new();

    /// <summary>How an edge is emptied that an operator drains.</summary>
    public DrainOptions Drain { get; set; } = new();

    /// <summary>The way in over plain HTTP.</summary>
    public FallbackOptions Fallbacks { get; set; } = new();

    /// <summary>permessage-deflate.</summary>
    public DeflateOptions Deflate { get; set; } = new();

    /// <summary>The HTTP API for servers.</summary>
    public ApiOptions Api { get; set; } = new();

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (!IsPath(Path))
        {
            yield return $"{nameof(Path)} must begin with '/' and hold no '?', '#' or space, but is '{Path}'";
        }

        if (EchoPath is not null && (!IsPath(EchoPath) || EchoPath == Path))
        {
            yield return $"{nameof(EchoPath)} must be a path of its own that begins with '/', but is '{EchoPath}'";
        }

        if (Deflate.Validate() is { } problem)
        {
            yield return $"{nameof(Deflate)}.{problem}";
        }

        foreach (string issue in Access.Validate().Select(issue => $"{nameof(Access)}.{issue}")
            .Concat(Limits.Validate().Select(issue => $"{nameof(Limits)}.{issue}"))
            .Concat(Proxies.Validate().Select(issue => $"{nameof(Proxies)}.{issue}"))
            .Concat(Heartbeat.Validate().Select(issue => $"{nameof(Heartbeat)}.{issue}"))
            .Concat(Outbound.Validate().Select(issue => $"{nameof(Outbound)}.{issue}"))
            .Concat(Drain.Validate().Select(issue => $"{nameof(Drain)}.{issue}"))
            .Concat(Fallbacks.Validate().Select(issue => $"{nameof(Fallbacks)}.{issue}"))
            .Concat(Api.Validate().Select(issue => $"{nameof(Api)}.{issue}")))
        {
            yield return issue;
        }
    }

    private static bool IsPath(string path) => path.StartsWith('/') && path.AsSpan().IndexOfAny("?# ") < 0;
}
