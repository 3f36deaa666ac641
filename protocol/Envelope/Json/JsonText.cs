using System.Buffers;
using System.Globalization;
using System.Text;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Takes the escapes out of a string's content (RFC 8259 §7).</summary>
internal static class JsonText
{
    /// <param name="content">What stood between the quotes; its grammar was checked.</param>
    /// <param name="destination">Where the text goes.</param>
    /// <param name="written">Its length in bytes.</param>
    /// <returns>
    /// Done; DestinationTooSmall; InvalidData for half a surrogate pair, which is grammatical (§8.2) but no text.
    /// </returns>
    public static OperationStatus Unescape(ReadOnlySpan<byte> content, Span<byte> destination, out int written)
    {
        written = 0;
        while (true)
        {
            int plain = content.IndexOf((byte)'\\');
            ReadOnlySpan<byte> run = plain < 0 ? content : content[..plain];
            if (!run.TryCopyTo(destination[written..]))
            {
                return OperationStatus.DestinationTooSmall;
            }

            written += run.Length;
            if (plain < 0)
            {
                return OperationStatus.Done;
            }

            content = content[plain..];
            int consumed = ReadEscape(content, out Rune rune);
            if (consumed == 0)
            {
                return OperationStatus.InvalidData;
            }

            if (!rune.TryEncodeToUtf8(destination[written..], out int length))
            {
                return OperationStatus.DestinationTooSmall;
            }

            written += length;
            content = content[consumed..];
        }
    }

    /// <summary>Reads the escape at the start of the text; returns its length, 0 for half a surrogate pair.</summary>
    private static int ReadEscape(ReadOnlySpan<byte> text, out Rune rune)
    {
        if (text[1] != (byte)'u')
        {
            rune = new Rune(text[1] switch
            {
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                byte itself => (char)itself,
            });
            return 2;
        }

        char first = ReadHex(text);
        if (Rune.TryCreate(first, out rune))
        {
            return 6;
        }

        text = text[6..];
        return text.StartsWith("\\u"u8) && Rune.TryCreate(first, ReadHex(text), out rune) ? 12 : 0;
    }

    private static char ReadHex(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
