namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>A key set (RFC 7517) that changes while the server runs.</summary>
public sealed class JwksOptions
{
    /// <summary>A file with the set. Secrets in it count.</summary>
    public string File { get; set; } = string.Empty;

    /// <summary>Where the set is published: https, or http on a loopback address. Secrets in it don't count.</summary>
    public string Url { get; set; } = string.Empty;

    /// <summary>How often the set is read.</summary>
    public TimeSpan Refresh { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after one reading a token with an unknown key does not cause another.</summary>
    public TimeSpan UnknownKeyPause { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the URL may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest set of a URL, in bytes.</summary>
    public int MaxBytes { get; set; } = 256 * 1024;

    /// <summary>Whether there is a set at all.</summary>
    public bool IsConfigured => File.Length + Url.Length > 0;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (File.Length > 0 && Url.Length > 0)
        {
            yield return $"either {nameof(File)} or {nameof(Url)} may be given";
        }

        if (Url.Length > 0
            && (!Uri.TryCreate(Url, UriKind.Absolute, out Uri? uri)
                || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))))
        {
            yield return $"{nameof(Url)} must be https, or http on a loopback address: who changes it on its way names himself anyone";
        }

        TimeSpan second = TimeSpan.FromSeconds(1);
        foreach (string problem in Range.Check(nameof(Refresh), Refresh, second, TimeSpan.FromDays(1))
            .Concat(Range.Check(nameof(UnknownKeyPause), UnknownKeyPause, second, TimeSpan.FromHours(1)))
            .Concat(Range.Check(nameof(Timeout), Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)))
            .Concat(Range.Check(nameof(MaxBytes), MaxBytes, 1024, 16 * 1024 * 1024)))
        {
            yield return problem;
        }
    }
}
