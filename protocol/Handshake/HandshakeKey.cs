using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Protocol.Handshake;

/// <summary>The key of an opening handshake, and the proof that a server has read it (RFC 6455 §4.2.2).</summary>
internal static class HandshakeKey
{
    /// <summary>The length of the nonce that a key encodes, in bytes.</summary>
    public const int NonceBytes = 16;

    /// <summary>The length of a key: base64 of 16 bytes, with two '=' at its end.</summary>
    public const int Length = 24;

    private static readonly SearchValues<char> Digits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private static ReadOnlySpan<byte> Guid => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <summary>
    /// Whether a key is the base64 of 16 bytes. The four bits that the last digit has to spare may be set (RFC 4648
    /// §3.5): they are in the RFC's own example, <c>AQIDBAUGBwgJCgsMDQ4PEC==</c>.
    /// </summary>
    public static bool IsValid(string key) =>
        key.Length == Length
        && key.EndsWith("==", StringComparison.Ordinal)
        && !key.AsSpan(0, Length - 2).ContainsAnyExcept(Digits);

    /// <summary>Base64 of the SHA-1 of the key and the GUID. The key must be valid.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 §4.2.2 names SHA-1; it proves no secret.")]
    public static string Accept(string key)
    {
        Span<byte> input = stackalloc byte[Length + 36];
        Encoding.ASCII.GetBytes(key, input);
        Guid.CopyTo(input[Length..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, hash);
        return Convert.ToBase64String(hash);
    }
}
