using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Switchboard.Core.Connections;

/// <summary>What a connection keeps of its resume token: its SHA-256, inline.</summary>
public readonly struct TokenHash : IEquatable<TokenHash>
{
    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    private TokenHash(ReadOnlySpan<ulong> words)
    {
        _first = words[0];
        _second = words[1];
        _third = words[2];
        _fourth = words[3];
    }

    /// <summary>The hash of a token.</summary>
    public static TokenHash Of(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token.AsSpan()), hash);
        return new TokenHash(MemoryMarshal.Cast<byte, ulong>(hash));
    }

    /// <summary>The hash out of its 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public static TokenHash FromBytes(ReadOnlySpan<byte> hash) =>
        hash.Length == SHA256.HashSizeInBytes
            ? new TokenHash(MemoryMarshal.Cast<byte, ulong>(hash))
            : throw new ArgumentException($"a token's hash has {SHA256.HashSizeInBytes} bytes", nameof(hash));

    /// <summary>The 32 bytes of the hash.</summary>
    public byte[] ToArray() => MemoryMarshal.AsBytes<ulong>([_first, _second, _third, _fourth]).ToArray();

    /// <summary>Compares in constant time.</summary>
    public bool Equals(TokenHash other) =>
        ((_first ^ other._first) | (_second ^ other._second) | (_third ^ other._third) | (_fourth ^ other._fourth)) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TokenHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _first.GetHashCode();

    /// <summary>Equal, in constant time.</summary>
    public static bool operator ==(TokenHash left, TokenHash right) => left.Equals(right);

    /// <summary>Not equal, in constant time.</summary>
    public static bool operator !=(TokenHash left, TokenHash right) => !left.Equals(right);
}
