using System.Buffers;
using System.Buffers.Text;

namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>
/// base64url as RFC 7515 §2 has it: no padding, no white space, and only the one text that encoding would give, so
/// that no two tokens are the same.
/// </summary>
internal static class StrictBase64Url
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);

    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.ContainsAnyExcept(Digits))
        {
            return false;
        }

        // What the last digit holds beyond the last byte must be zero.
        int unused = (text.Length % 4) switch { 2 => 0b1111, 3 => 0b11, _ => 0 };
        if (text.Length % 4 == 1 || (unused != 0 && (Alphabet.IndexOf(text[^1], StringComparison.Ordinal) & unused) != 0))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }
}
