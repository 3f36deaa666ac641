namespace Switchboard.Protocol.Handshake;

/// <summary>A comma-separated list of tokens in a header value (RFC 7230 §7).</summary>
internal static class TokenList
{
    /// <summary>The most elements that a list may have.</summary>
    public const int MaxElements = 32;

    /// <summary>
    /// Reads a list; empty elements are skipped. False where an element is no token, or no <c>token/token</c> where
    /// <paramref name="versions"/> allows that (RFC 7230 §6.7), or where there are more than <see cref="MaxElements"/>.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> value, bool versions, out List<string> elements)
    {
        elements = [];
        foreach (Range range in value.Split(','))
        {
            ReadOnlySpan<char> element = value[range].Trim(" \t");
            if (element.IsEmpty)
            {
                continue;
            }

            int slash = versions ? element.IndexOf('/') : -1;
            bool valid = slash < 0
                ? HttpSyntax.IsToken(element)
                : HttpSyntax.IsToken(element[..slash]) && HttpSyntax.IsToken(element[(slash + 1)..]);
            if (!valid || elements.Count == MaxElements)
            {
                return false;
            }

            elements.Add(element.ToString());
        }

        return true;
    }
}
