using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Fanout;

/// <summary>Brings the words of the rules into those of the envelope.</summary>
internal static class WireMapping
{
    public static Opcode ToOpcode(this FrameKind kind) => kind == FrameKind.Text ? Opcode.Text : Opcode.Binary;

    public static FeedRef ToWire(this FeedId feed) => feed.Kind switch
    {
        FeedKind.Room => FeedRef.OfRoom(feed.Owner),
        FeedKind.User => FeedRef.User,
        _ => FeedRef.Connection,
    };

    public static FeedPosition ToWire(this Position position) => new(position.Epoch.Value, position.Offset);

    public static Position ToCore(this FeedPosition position) => new(new Epoch(position.Epoch), position.Offset);

    public static FeedStart ToWire(this in Recovery recovery) => new(recovery.Head.ToWire(), recovery.Outcome switch
    {
        RecoveryOutcome.NotAsked => FeedRecovery.NotAsked,
        RecoveryOutcome.Recovered => FeedRecovery.Recovered,
        RecoveryOutcome.EpochChanged => FeedRecovery.EpochChanged,
        RecoveryOutcome.Trimmed => FeedRecovery.Trimmed,
        _ => FeedRecovery.Ahead,
    });

    public static FeedMessage ToMessage(FeedEntry entry) => new()
    {
        Offset = entry.Offset,
        Time = entry.Timestamp,
        FromUser = entry.Sender?.User.Value,
        FromConnection = entry.Sender?.Connection.Value,
        Class = entry.Class switch
        {
            DeliveryClass.Reliable => MessageClass.Reliable,
            DeliveryClass.Latest => MessageClass.Latest,
            _ => MessageClass.Volatile,
        },
        Slot = entry.Slot,
        Data = entry.Payload,
        DataKind = entry.PayloadKind == PayloadKind.Json ? DataKind.Json : DataKind.Binary,
    };

    public static MemberInfo ToWire(this PresenceMember member) =>
        new(member.User.Value, member.Connection.Value, member.State);

    public static PresenceInfo ToWire(this PresenceSnapshot snapshot) => new(
        snapshot.Mode == PresenceMode.Full ? PresenceKind.Full : PresenceKind.Count,
        snapshot.Version,
        snapshot.Count,
        [.. snapshot.Members.Select(ToWire)]);

    public static PresenceChangeEvent ToWire(this PresenceChange change, string room) => new(
        room,
        change.After,
        change.Version,
        change.Count,
        [.. change.Joined.Select(ToWire)],
        [.. change.Left.Select(connection => connection.Value)],
        [.. change.Updated.Select(ToWire)]);
}
