using Switchboard.Protocol.Envelope;

namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>Which tokens are accepted. With a key or a key set authentication is on.</summary>
public sealed class TokenOptions
{
    /// <summary>Keys that stand in the configuration.</summary>
    public IList<TokenKeyOptions> Keys { get; set; } = [];

    /// <summary>A key set that changes.</summary>
    public JwksOptions Jwks { get; set; } = new();

    /// <summary>The values of "iss" that are accepted. Empty for any, which goes with keys of one's own only.</summary>
    public IList<string> Issuers { get; set; } = [];

    /// <summary>
    /// The values of "aud" of which a token must have one. Empty for tokens without "aud", which goes with keys of one's
    /// own only.
    /// </summary>
    public IList<string> Audiences { get; set; } = [];

    /// <summary>The claim with the user's name.</summary>
    public string UserClaim { get; set; } = "sub";

    /// <summary>How far the clocks of issuer and server may be apart.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest token in bytes.</summary>
    public int MaxBytes { get; set; } = 4096;

    /// <summary>How long before its token expires a client is asked for a new one.</summary>
    public TimeSpan Warning { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after that time the socket is closed with 4503, if none came.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a handshake without a token is let in, to bring it with its connect.</summary>
    public bool FirstMessage { get; set; } = true;

    /// <summary>The <see cref="TokenKeyOptions.Id"/> of the HS256 key that this server issues tokens with; empty for the first.</summary>
    public string IssueWith { get; set; } = string.Empty;

    /// <summary>Whether tokens are accepted at all.</summary>
    public bool IsConfigured => Keys.Count > 0 || Jwks.IsConfigured;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        for (int i = 0; i < Keys.Count; i++)
        {
            foreach (string problem in Keys[i].Validate())
            {
                yield return $"{nameof(Keys)}:{i}: {problem}";
            }
        }

        if (Keys.GroupBy(static key => key.Id).FirstOrDefault(static group => group.Key.Length > 0 && group.Count() > 1) is { } twice)
        {
            yield return $"{nameof(Keys)}: two keys have the {nameof(TokenKeyOptions.Id)} '{twice.Key}'";
        }

        if (Jwks.IsConfigured && (Issuers.Count == 0 || Audiences.Count == 0))
        {
            yield return $"{nameof(Jwks)}: name {nameof(Issuers)} and {nameof(Audiences)}, or tokens that its owner issues for others are accepted";
        }

        if (UserClaim.Length == 0)
        {
            yield return $"{nameof(UserClaim)} must name a claim";
        }

        if (IssueWith.Length > 0 && !Keys.Any(key => key.Id == IssueWith && key.Algorithm == TokenAlgorithm.HS256))
        {
            yield return $"{nameof(IssueWith)} must be the {nameof(TokenKeyOptions.Id)} of an HS256 key";
        }

        TimeSpan hour = TimeSpan.FromHours(1);
        foreach (string problem in Jwks.Validate().Select(static problem => $"{nameof(Jwks)}.{problem}")
            .Concat(Range.Check(nameof(ClockSkew), ClockSkew, TimeSpan.Zero, TimeSpan.FromMinutes(5)))
            .Concat(Range.Check(nameof(MaxBytes), MaxBytes, 256, EnvelopeLimits.TokenBytes))
            .Concat(Range.Check(nameof(Warning), Warning, TimeSpan.Zero, hour))
            .Concat(Range.Check(nameof(Grace), Grace, TimeSpan.Zero, hour)))
        {
            yield return problem;
        }
    }
}
