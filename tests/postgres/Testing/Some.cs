using System.Text;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;

namespace Switchboard.Storage.Postgres.Tests.Testing;

/// <summary>Values that a test does not care about, and short ways to those it does.</summary>
internal static class Some
{
    public static readonly Epoch Epoch = new(0xfedc_ba98_7654_3210);

    public static readonly FeedId Room = Feed("room");

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public static FeedId Feed(string room) => FeedId.Of(new RoomName(room));

    public static FeedEntry Entry(long offset, string? slot = null, int bytes = 10, long? time = null) => new()
    {
        Offset = offset,
        Timestamp = time ?? Now,
        Payload = new byte[bytes],
        PayloadKind = PayloadKind.Binary,
        Class = slot is null ? DeliveryClass.Reliable : DeliveryClass.Latest,
        Slot = slot,
    };

    /// <summary>The append of entries that follow the head without a gap.</summary>
    public static FeedAppend Append(FeedId feed, params FeedEntry[] entries) =>
        new(feed, Epoch, entries[0].Offset - 1, entries[^1].Offset, entries, []);

    public static FeedAppend Append(FeedId feed, long offset) => Append(feed, Entry(offset));

    public static FeedAppend WithKey(this FeedAppend append, string key, string? user = null, long? time = null) =>
        append with { Keys = [new StoredKey(user, key, append.Head, time ?? Now)] };

    public static long[] Offsets(this StoredFeed feed) => [.. feed.Entries.Select(entry => entry.Offset)];

    public static string[] Keys(this StoredFeed feed) => [.. feed.Keys.Select(key => key.Key)];

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
