using System.Security.Cryptography;

namespace Switchboard.Gateway.Identity.Tokens.Keys;

/// <summary>A public key for ES256 (RFC 7518 §3.4): on P-256.</summary>
internal sealed class EcdsaTokenKey : TokenKey
{
    private const string P256 = "1.2.840.10045.3.1.7";

    // The base library promises nothing of one instance on several threads.
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    /// <exception cref="CryptographicException">The key is on another curve.</exception>
    public EcdsaTokenKey(string? id, ECDsa key)
        : base(id, TokenAlgorithm.ES256)
    {
        Oid curve = key.ExportParameters(includePrivateParameters: false).Curve.Oid;
        if (curve.Value != P256 && curve.FriendlyName != ECCurve.NamedCurves.nistP256.Oid.FriendlyName)
        {
            throw new CryptographicException("an ES256 key must be on the curve P-256");
        }

        _key = key;
    }

    /// <summary>R and S, of 32 bytes each; never the DER form.</summary>
    public override int SignatureBytes => 64;

    public override bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(signed, hash);
        lock (_gate)
        {
            return _key.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
