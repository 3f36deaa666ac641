using System.Security.Cryptography;

namespace Switchboard.Gateway.Identity.Tokens.Keys;

/// <summary>A public key for RS256 (RFC 7518 §3.3): 2,048 bits at least.</summary>
internal sealed class RsaTokenKey : TokenKey
{
    public const int MinBits = 2048;

    // More only serves to make the server slow.
    private const int MaxBits = 8192;

    // The base library promises nothing of one instance on several threads.
    private readonly Lock _gate = new();
    private readonly RSA _key;

    /// <exception cref="CryptographicException">The key is too short, too long, or no key.</exception>
    public RsaTokenKey(string? id, RSA key)
        : base(id, TokenAlgorithm.RS256)
    {
        if (key.KeySize is < MinBits or > MaxBits)
        {
            throw new CryptographicException($"an RSA key must have {MinBits} to {MaxBits} bits, but has {key.KeySize}");
        }

        _key = key;
    }

    public override int SignatureBytes => (_key.KeySize + 7) / 8;

    public override bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(signed, hash);
        lock (_gate)
        {
            return _key.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }
}
