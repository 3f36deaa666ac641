namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>The signatures that are known (RFC 7518 §3.1).</summary>
public enum TokenAlgorithm
{
    /// <summary>HMAC with SHA-256 (RFC 7518 §3.2).</summary>
    HS256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3).</summary>
    RS256,

    /// <summary>ECDSA on P-256 with SHA-256 (RFC 7518 §3.4).</summary>
    ES256,
}
