namespace Switchboard.Protocol.Handshake;

/// <summary>Reads one parameter out of a raw query: <c>name=value</c> pairs between '&amp;'.</summary>
internal static class QueryString
{
    /// <summary>
    /// Finds the first parameter called <paramref name="name"/>. False where an escape in its value, or in a name
    /// before it, is invalid; true with null where there is none.
    /// </summary>
    public static bool TryGet(ReadOnlySpan<char> query, string name, out string? value)
    {
        value = null;
        foreach (Range range in query.Split('&'))
        {
            ReadOnlySpan<char> pair = query[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            int equals = pair.IndexOf('=');
            ReadOnlySpan<char> rawName = equals < 0 ? pair : pair[..equals];
            if (!PercentDecoding.TryDecode(rawName, plusIsSpace: true, out string? decodedName))
            {
                return false;
            }

            if (decodedName == name)
            {
                ReadOnlySpan<char> rawValue = equals < 0 ? default : pair[(equals + 1)..];
                return PercentDecoding.TryDecode(rawValue, plusIsSpace: true, out value);
            }
        }

        return true;
    }
}
