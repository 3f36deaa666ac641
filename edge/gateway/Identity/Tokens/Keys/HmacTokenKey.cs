using System.Security.Cryptography;

namespace Switchboard.Gateway.Identity.Tokens.Keys;

/// <summary>A secret for HS256 (RFC 7518 §3.2): at least as long as the hash.</summary>
internal sealed class HmacTokenKey : TokenKey
{
    public const int MinBytes = 32;

    private readonly byte[] _secret;

    /// <exception cref="CryptographicException">The secret is too short.</exception>
    public HmacTokenKey(string? id, byte[] secret)
        : base(id, TokenAlgorithm.HS256)
    {
        if (secret.Length < MinBytes)
        {
            throw new CryptographicException($"an HS256 secret must have at least {MinBytes} bytes");
        }

        _secret = secret;
    }

    public override int SignatureBytes => HMACSHA256.HashSizeInBytes;

    public byte[] Sign(ReadOnlySpan<byte> signed) => HMACSHA256.HashData(_secret, signed);

    public override bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, signed, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }
}
