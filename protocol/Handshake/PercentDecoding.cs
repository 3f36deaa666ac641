using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Switchboard.Protocol.Handshake;

/// <summary>Percent-decoding of ASCII text (RFC 3986 §2.1).</summary>
internal static class PercentDecoding
{
    private const int MaxStackBytes = 256;

    /// <summary>
    /// Decodes once; false where an escape is incomplete or the result is not UTF-8. With
    /// <paramref name="plusIsSpace"/>, '+' stands for a space, as forms and <c>URLSearchParams</c> write it.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<char> raw, bool plusIsSpace, [NotNullWhen(true)] out string? text)
    {
        byte[]? rented = raw.Length > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(raw.Length) : null;
        Span<byte> decoded = rented ?? stackalloc byte[MaxStackBytes];
        int length = Decode(raw, plusIsSpace, decoded);
        text = length >= 0 && Utf8.IsValid(decoded[..length]) ? Encoding.UTF8.GetString(decoded[..length]) : null;
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return text is not null;
    }

    private static int Decode(ReadOnlySpan<char> raw, bool plusIsSpace, Span<byte> decoded)
    {
        int length = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            char value = raw[i];
            if (value == '%')
            {
                if (i + 2 >= raw.Length || !char.IsAsciiHexDigit(raw[i + 1]) || !char.IsAsciiHexDigit(raw[i + 2]))
                {
                    return -1;
                }

                decoded[length++] = (byte)((FromHex(raw[i + 1]) << 4) | FromHex(raw[i + 2]));
                i += 2;
                continue;
            }

            decoded[length++] = value == '+' && plusIsSpace ? (byte)' ' : (byte)value;
        }

        return length;
    }

    private static int FromHex(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
