using System.Buffers.Text;

namespace Switchboard.Core.Identifiers;

/// <summary>128 random bits as 22 characters of base64url (RFC 4648 section 5, without padding).</summary>
internal static class RandomText
{
    public const int Length = 22;

    private const int Bytes = 16;

    public static string Create(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        random.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
