namespace Switchboard.Protocol.Envelope.Json;

/// <summary>The rule for names, keys and slots: not empty, bounded, no control characters (C0, DEL, C1).</summary>
internal static class NameRule
{
    /// <summary>Says what is wrong with a text, or null where nothing is.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="maxBytes">The longest that it may be.</param>
    public static string? Check(ReadOnlySpan<byte> text, int maxBytes)
    {
        if (text.IsEmpty)
        {
            return "must not be empty";
        }

        if (text.Length > maxBytes)
        {
            return TooLong(maxBytes);
        }

        return HasControl(text) ? "must not hold control characters" : null;
    }

    /// <summary>Says that a text is longer than it may be.</summary>
    public static string TooLong(int maxBytes) => $"must not be longer than {maxBytes} bytes of UTF-8";

    private static bool HasControl(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAnyInRange((byte)0, (byte)0x1F) || text.Contains((byte)0x7F))
        {
            return true;
        }

        // U+0080 to U+009F are C2 80 to C2 9F.
        for (int at = text.IndexOf((byte)0xC2); at >= 0;)
        {
            if (text[at + 1] < 0xA0)
            {
                return true;
            }

            text = text[(at + 2)..];
            at = text.IndexOf((byte)0xC2);
        }

        return false;
    }
}
