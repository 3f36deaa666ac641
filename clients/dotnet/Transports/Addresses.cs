namespace Switchboard.Client.Transports;

/// <summary>Where the server's endpoints are.</summary>
internal sealed class Addresses(SwitchboardClientOptions options)
{
    private readonly string _query = options.User is null ? string.Empty : $"user={Uri.EscapeDataString(options.User)}";

    public Uri WebSocket => Build(
        IsSecure ? "wss" : "ws", options.Url.AbsolutePath.Length > 1 ? options.Url.AbsolutePath : "/ws");

    private bool IsSecure => options.Url.Scheme is "https" or "wss";

    /// <summary>One of the fallbacks: <c>/poll</c>, <c>/sse</c> or <c>/send</c>.</summary>
    public Uri Fallback(string which) => Build(IsSecure ? "https" : "http", options.FallbackPath + which);

    private Uri Build(string scheme, string path)
    {
        UriBuilder builder = new(options.Url) { Scheme = scheme, Path = path };
        builder.Query = string.Join('&', new[] { options.Url.Query.TrimStart('?'), _query }.Where(static part => part.Length > 0));
        return builder.Uri;
    }
}
