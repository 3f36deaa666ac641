namespace Switchboard.Gateway.Identity.Tokens.Keys;

/// <summary>
/// A key that verifies signatures, of one algorithm for good: what a token's header claims never changes how a key is
/// used (RFC 8725 §3.1).
/// </summary>
/// <param name="id">Its name, as "kid" names it; null for none.</param>
/// <param name="algorithm">The one algorithm that it is for.</param>
internal abstract class TokenKey(string? id, TokenAlgorithm algorithm)
{
    public string? Id => id;

    public TokenAlgorithm Algorithm => algorithm;

    /// <summary>The length that every signature of this key has, in bytes.</summary>
    public abstract int SignatureBytes { get; }

    /// <summary>Whether a signature of that length is this key's. May be called by any thread.</summary>
    /// <param name="signed">The ASCII bytes of header, dot and claims.</param>
    /// <param name="signature">The signature.</param>
    public abstract bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature);
}
