namespace Switchboard.Gateway;

/// <summary>The HTTP API for servers, under <c>/api/v1</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>
    /// Where the API is served, "http://127.0.0.1:8090": an address of its own that the program listens on besides, so
    /// that it need not be public. Null for every address of the program.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>Whether the console is served under <c>/console</c>, wherever the API is.</summary>
    public bool Console { get; set; } = true;

    /// <summary>The largest body of a request, in bytes. Above it, 413.</summary>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>The most rooms that one request may publish to.</summary>
    public int MaxRooms { get; set; } = 100;

    /// <summary>Requests a second of one API key, on average, counted on this edge; 0 for any. Above it, 429.</summary>
    public int RequestsPerSecond { get; set; } = 1_000;

    /// <summary>Such requests at once after a silence.</summary>
    public int RequestBurst { get; set; } = 5_000;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (Url is not null && PortOf(Url) is null)
        {
            yield return $"{nameof(Url)} must be like http://127.0.0.1:8090, with a port other than 0 and no path, but is '{Url}'";
        }

        foreach (string issue in Range.Check(nameof(MaxBodyBytes), MaxBodyBytes, 1024, 64 * 1024 * 1024)
            .Concat(Range.Check(nameof(MaxRooms), MaxRooms, 1, 1000))
            .Concat(Range.Check(nameof(RequestsPerSecond), RequestsPerSecond, 0, 1_000_000))
            .Concat(Range.Check(nameof(RequestBurst), RequestBurst, 1, 1_000_000)))
        {
            yield return issue;
        }
    }

    /// <summary>The port of <see cref="Url"/>; null where there is none, or it can't be read.</summary>
    internal int? Port => Url is null ? null : PortOf(Url);

    private static int? PortOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)
        && uri.Scheme is "http" or "https"
        && uri is { Port: > 0, AbsolutePath: "/", Query: "" }
            ? uri.Port
            : null;
}
