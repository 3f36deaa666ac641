namespace Switchboard.Client.Frameworks;

/// <summary>What .NET has for texts and bytes, in its words.</summary>
internal static class Spans
{
    public static bool StartsWith(this ReadOnlySpan<byte> bytes, byte first) => !bytes.IsEmpty && bytes[0] == first;

    public static ReadOnlySpan<byte> TrimEnd(this ReadOnlySpan<byte> bytes, byte trimmed)
    {
        int length = bytes.Length;
        while (length > 0 && bytes[length - 1] == trimmed)
        {
            length--;
        }

        return bytes[..length];
    }

    public static void CopyTo(this string text, Span<char> destination) => text.AsSpan().CopyTo(destination);
}
