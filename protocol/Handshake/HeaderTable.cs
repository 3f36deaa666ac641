using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Switchboard.Protocol.Handshake;

/// <summary>The header fields of one head (RFC 7230 §3.2), over the head's own copy of its bytes.</summary>
internal sealed class HeaderTable
{
    private readonly byte[] _head;
    private readonly HeaderField[] _fields;

    private HeaderTable(byte[] head, HeaderField[] fields)
    {
        _head = head;
        _fields = fields;
    }

    /// <summary>
    /// Reads the <paramref name="count"/> header lines that begin at <paramref name="start"/>. Each ends in CR LF, as
    /// the scanner has seen to. On failure <paramref name="error"/> says what is wrong, in a sentence.
    /// </summary>
    public static bool TryParse(
        byte[] head,
        int start,
        int count,
        [NotNullWhen(true)] out HeaderTable? table,
        [NotNullWhen(false)] out string? error)
    {
        HeaderField[] fields = new HeaderField[count];
        for (int i = 0; i < count; i++)
        {
            int length = head.AsSpan(start).IndexOf("\r\n"u8);
            error = ParseLine(head.AsSpan(start, length), start, out fields[i]);
            if (error is not null)
            {
                table = null;
                return false;
            }

            start += length + 2;
        }

        error = null;
        table = new HeaderTable(head, fields);
        return true;
    }

    /// <summary>How many fields have this name, in any case.</summary>
    public int Count(string name)
    {
        int count = 0;
        foreach (HeaderField field in _fields)
        {
            count += Matches(field, name) ? 1 : 0;
        }

        return count;
    }

    /// <summary>
    /// The value of the fields with this name, in any case: repeated ones joined by ", " (RFC 7230 §3.2.2), bytes above
    /// 0x7F as Latin-1; null where there is none.
    /// </summary>
    public string? Get(string name)
    {
        List<string> values = [];
        foreach (HeaderField field in _fields)
        {
            if (Matches(field, name))
            {
                values.Add(Encoding.Latin1.GetString(_head, field.ValueStart, field.ValueLength));
            }
        }

        return values.Count == 0 ? null : string.Join(", ", values);
    }

    private static string? ParseLine(ReadOnlySpan<byte> line, int offset, out HeaderField field)
    {
        field = default;
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            // RFC 7230 §3.2.4: obs-fold.
            return "A header line must not be folded.";
        }

        int colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return "A header line needs a colon.";
        }

        ReadOnlySpan<byte> name = line[..colon];
        if (name.EndsWith(" "u8) || name.EndsWith("\t"u8))
        {
            // RFC 7230 §3.2.4: always 400, it is how requests are smuggled.
            return "A header name must not be followed by a space.";
        }

        if (!HttpSyntax.IsToken(name))
        {
            return "A header name must be a token.";
        }

        ReadOnlySpan<byte> rest = line[(colon + 1)..];
        ReadOnlySpan<byte> value = rest.Trim(" \t"u8);
        if (value.ContainsAnyExcept(HttpSyntax.ValueBytes))
        {
            return "A header value must not hold control characters.";
        }

        int leading = value.IsEmpty ? 0 : rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        field = new HeaderField(offset, colon, offset + colon + 1 + leading, value.Length);
        return null;
    }

    private bool Matches(HeaderField field, string name) =>
        Ascii.EqualsIgnoreCase(_head.AsSpan(field.NameStart, field.NameLength), name);
}
