using Switchboard.Core.Connections;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;

namespace Switchboard.Contract.Harness;

/// <summary>How every backplane is configured for the contract. The tests rely on each of these numbers.</summary>
public static class ContractOptions
{
    /// <summary>Entries in the history of a room of no special kind.</summary>
    public const int RoomHistory = 100;

    /// <summary>Entries in the history of a small room.</summary>
    public const int SmallHistory = 5;

    /// <summary>Entries in a user's history.</summary>
    public const int UserHistory = 100;

    /// <summary>Entries in a connection's own history.</summary>
    public const int ConnectionHistory = 20;

    /// <summary>Rooms that a connection may be in.</summary>
    public const int MaxRooms = 5;

    /// <summary>Members of a room of the kind <see cref="Full"/>.</summary>
    public const int FullMembers = 2;

    /// <summary>Bytes of a presence state.</summary>
    public const int MaxStateBytes = 1024;

    /// <summary>Bytes of a payload in a room.</summary>
    public const int MaxPayloadBytes = 64 * 1024;

    /// <summary>Rooms whose presence only counts.</summary>
    public const string Count = "count";

    /// <summary>Rooms without presence.</summary>
    public const string Off = "off";

    /// <summary>Rooms with a short history.</summary>
    public const string Small = "small";

    /// <summary>Rooms that are soon full.</summary>
    public const string Full = "full";

    /// <summary>Rooms that keep no idempotency keys.</summary>
    public const string NoKeys = "nokeys";

    /// <summary>Rooms whose history outlives the process; of no special kind where the backplane has no store.</summary>
    public const string Durable = "durable";

    /// <summary>How long a connection outlives its socket. Real time: tests wait for its end.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>The kinds of rooms; a room of a kind is named <c>kind:anything</c>.</summary>
    /// <param name="hasStore">Whether durable rooms can be kept.</param>
    public static RoomKinds Rooms(bool hasStore)
    {
        var kinds = new RoomKinds { Default = Room() };
        Add(kinds, Count, room => room.Presence = PresenceMode.Count);
        Add(kinds, Off, room => room.Presence = PresenceMode.Off);
        Add(kinds, Small, room => room.Feed.MaxCount = SmallHistory);
        Add(kinds, Full, room => room.MaxMembers = FullMembers);
        Add(kinds, NoKeys, room => room.Feed.IdempotencyWindow = TimeSpan.Zero);
        if (hasStore)
        {
            Add(kinds, Durable, room => room.Durable = true);
        }

        return kinds;
    }

    /// <summary>Grace period, limits and own feeds of connections.</summary>
    public static ConnectionOptions Connections() => new()
    {
        Grace = Grace,
        MaxRooms = MaxRooms,
        Feed = new FeedOptions { MaxCount = ConnectionHistory },
    };

    /// <summary>The history of users' feeds.</summary>
    public static FeedOptions UserFeed() => new() { MaxCount = UserHistory };

    private static RoomOptions Room() => new()
    {
        Feed = new FeedOptions { MaxCount = RoomHistory },
        MaxStateBytes = MaxStateBytes,
        MaxPayloadBytes = MaxPayloadBytes,
    };

    private static void Add(RoomKinds kinds, string name, Action<RoomOptions> configure)
    {
        RoomOptions options = Room();
        configure(options);
        kinds.Kinds.Add(new RoomKind { Pattern = $"{name}:*", Options = options });
    }
}
