using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;
using Switchboard.GrainInterfaces.Edges;

namespace Switchboard.Node.Tests.Testing;

/// <summary>Short ways to deliveries of the room's feed.</summary>
internal static class Deliver
{
    public static readonly FeedId Feed = FeedId.Of(Some.Room);

    /// <summary>Entries of these offsets; 0 is a volatile one.</summary>
    public static Delivery Entries(long after, params long[] offsets) => new()
    {
        Feed = Feed,
        Epoch = Some.Epoch,
        After = after,
        Through = Math.Max(after, offsets.DefaultIfEmpty().Max()),
        Presence = [],
        Entries =
        [
            .. offsets.Select(static offset => Some.Entry(offset, offset == 0 ? DeliveryClass.Volatile : DeliveryClass.Reliable)),
        ],
    };

    public static Delivery Lost(Position now, params long[] offsets) => new()
    {
        Feed = Feed,
        Epoch = now.Epoch,
        After = now.Offset,
        Through = Math.Max(now.Offset, offsets.DefaultIfEmpty().Max()),
        Lost = now,
        Presence = [],
        Entries = [.. offsets.Select(static offset => Some.Entry(offset))],
    };

    public static Delivery Presence(long after, params long[] versions) => new()
    {
        Feed = Feed,
        Epoch = Some.Epoch,
        After = after,
        Through = after,
        Presence = [.. versions.Select(static version => new PresenceChange(PresenceMode.Count, version - 1, version, 1, [], [], []))],
        Entries = [],
    };
}
