using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Tests.Testing;

/// <summary>Values that a test does not care about, and short ways to those it does.</summary>
internal static class Some
{
    public static readonly Epoch Epoch = new(0xe);

    public static readonly Epoch OtherEpoch = new(0xf);

    public static readonly EdgeId Edge = new("edge-1");

    public static readonly EdgeId OtherEdge = new("edge-2");

    public static readonly RoomName Room = new("room");

    public static readonly UserName Ann = new("ann");

    public static readonly UserName Bob = new("bob");

    public static readonly ConnectionId AnnsPhone = new("anns-phone");

    public static readonly ConnectionId AnnsLaptop = new("anns-laptop");

    public static readonly ConnectionId BobsPhone = new("bobs-phone");

    public static Publication Reliable(
        string text = "", string? key = null, Sender? from = null, bool exceptSender = false) =>
        new(Bytes(text), PayloadKind.Json, DeliveryClass.Reliable, null, key, from, exceptSender);

    public static Publication Latest(string slot, string text = "", string? key = null, Sender? from = null) =>
        new(Bytes(text), PayloadKind.Json, DeliveryClass.Latest, slot, key, from, false);

    public static Publication Volatile(string text = "", Sender? from = null) =>
        new(Bytes(text), PayloadKind.Binary, DeliveryClass.Volatile, null, null, from, false);

    public static Publication Sized(int bytes) => Reliable() with { Payload = new byte[bytes] };

    public static Position At(long offset) => new(Epoch, offset);

    public static ReadOnlyMemory<byte> Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public static string Text(this FeedEntry entry) => System.Text.Encoding.UTF8.GetString(entry.Payload.Span);

    public static string Text(this ReadOnlyMemory<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes.Span);

    public static long[] Offsets(this IEnumerable<FeedEntry> entries) => [.. entries.Select(entry => entry.Offset)];

    public static string[] Texts(this IEnumerable<FeedEntry> entries) => [.. entries.Select(Text)];

    public static FeedEntry Entry(
        long offset,
        DeliveryClass deliveryClass = DeliveryClass.Reliable,
        string? slot = null,
        int bytes = 0,
        long timestamp = 0) => new()
        {
            Offset = offset,
            Timestamp = timestamp,
            Payload = new byte[bytes],
            PayloadKind = PayloadKind.Json,
            Class = deliveryClass,
            Slot = slot,
        };
}
