using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Switchboard.Core.Identifiers;

namespace Switchboard.Gateway.Identity.ApiKeys;

/// <summary>
/// The text of an API key: "sbk_" and 256 random bits in base64url. One SHA-256 hides it well enough, as nobody can
/// try 2^256 keys; a password would need a slow hash.
/// </summary>
public static class ApiKey
{
    /// <summary>What every key begins with, so that it is known from a token, and found where it must not be.</summary>
    public const string Prefix = "sbk_";

    /// <summary>The length of a key in characters.</summary>
    public const int Length = 4 + 43;

    private const int RandomBytes = 32;

    /// <summary>Makes a new key.</summary>
    /// <param name="random">Randomness fit for secrets.</param>
    /// <returns>The key, to be given away, and its hash in hexadecimal, for the configuration.</returns>
    public static (string Key, string Hash) Create(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[RandomBytes];
        random.Fill(bytes);
        string key = Prefix + Base64Url.EncodeToString(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return (key, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key))));
    }

    /// <summary>Whether a text looks like a key, be it a known one or not.</summary>
    public static bool HasForm(ReadOnlySpan<char> text)
    {
        if (text.Length != Length || !text.StartsWith(Prefix))
        {
            return false;
        }

        foreach (char c in text[Prefix.Length..])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    internal static bool TryParseHash(string text, out byte[] hash)
    {
        hash = [];
        if (text.Length != 2 * SHA256.HashSizeInBytes || !text.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        hash = Convert.FromHexString(text);
        return true;
    }
}
