using System.Text;
using Switchboard.Core.Feeds;

namespace Switchboard.Contract.Harness;

/// <summary>Short ways to publications and to what arrived of them. Without a sender they are the server's.</summary>
public static class Message
{
    /// <summary>A reliable message.</summary>
    public static Publication Reliable(string text, string? key = null, bool exceptSender = false) =>
        new(Bytes(text), PayloadKind.Binary, DeliveryClass.Reliable, null, key, null, exceptSender);

    /// <summary>A message of which the newest of its slot is enough.</summary>
    public static Publication Latest(string slot, string text, string? key = null) =>
        new(Bytes(text), PayloadKind.Binary, DeliveryClass.Latest, slot, key, null, false);

    /// <summary>A message that may be dropped.</summary>
    public static Publication Volatile(string text) =>
        new(Bytes(text), PayloadKind.Binary, DeliveryClass.Volatile, null, null, null, false);

    /// <summary>A reliable message of this many bytes, which differ by <paramref name="seed"/>.</summary>
    public static Publication Sized(int bytes, int seed = 0)
    {
        byte[] payload = new byte[bytes];
        for (int i = 0; i < bytes; i++)
        {
            payload[i] = (byte)((i * 31) + (i >> 8) + seed);
        }

        return Reliable("") with { Payload = payload };
    }

    /// <summary>UTF-8.</summary>
    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The payload as text.</summary>
    public static string Text(this FeedEntry entry) => Text(entry.Payload);

    /// <summary>The bytes as text.</summary>
    public static string Text(this ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>The payloads as texts.</summary>
    public static string[] Texts(this IEnumerable<FeedEntry> entries) => [.. entries.Select(Text)];

    /// <summary>Where the entries stand.</summary>
    public static long[] Offsets(this IEnumerable<FeedEntry> entries) => [.. entries.Select(entry => entry.Offset)];
}
