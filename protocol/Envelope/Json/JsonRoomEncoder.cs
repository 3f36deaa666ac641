using System.Buffers;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Writes what concerns membership of a room.</summary>
internal static class JsonRoomEncoder
{
    private const int SizeHint = 512;

    public static FrameKind Encode(IBufferWriter<byte> output, in JoinedEvent joined)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"joined\""u8);
        json.Id(joined.Id);
        json.String(",\"room\":"u8, joined.Start.Room);
        json.Raw(","u8);
        Start(ref json, joined.Start);
        return End(ref json);
    }

    public static FrameKind Encode(IBufferWriter<byte> output, in LeftEvent left)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"left\""u8);
        json.Id(left.Id);
        json.String(",\"room\":"u8, left.Room);
        if (left.Reason is not null)
        {
            json.String(",\"reason\":"u8, left.Reason);
        }

        return End(ref json);
    }

    public static FrameKind Encode(IBufferWriter<byte> output, in PresenceEvent presence)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"presence\""u8);
        json.Id(presence.Id);
        json.String(",\"room\":"u8, presence.Room);
        json.Raw(","u8);
        Presence(ref json, presence.Presence);
        return End(ref json);
    }

    public static FrameKind Encode(IBufferWriter<byte> output, in PresenceChangeEvent change)
    {
        var json = new JsonOutput(output, SizeHint);
        json.String("{\"type\":\"presence_change\",\"room\":"u8, change.Room);
        json.Number(",\"after\":"u8, change.After);
        json.Number(",\"version\":"u8, change.Version);
        json.Number(",\"count\":"u8, change.Count);
        if (change.Joined.Count > 0)
        {
            json.Raw(",\"joined\":"u8);
            Members(ref json, change.Joined);
        }

        for (int i = 0; i < change.Left.Count; i++)
        {
            json.String(i == 0 ? ",\"left\":["u8 : ","u8, change.Left[i]);
        }

        if (change.Left.Count > 0)
        {
            json.Raw("]"u8);
        }

        if (change.Updated.Count > 0)
        {
            json.Raw(",\"updated\":"u8);
            Members(ref json, change.Updated);
        }

        return End(ref json);
    }

    /// <summary>Appends what a room begins with, besides its name.</summary>
    public static void Start(ref JsonOutput json, in RoomStart start)
    {
        json.Start(start.Feed);
        if (start.Presence is not null)
        {
            json.Raw(",\"presence\":{"u8);
            Presence(ref json, start.Presence);
            json.Raw("}"u8);
        }
    }

    private static void Presence(ref JsonOutput json, PresenceInfo presence)
    {
        bool full = presence.Kind == PresenceKind.Full;
        json.Raw(full ? "\"mode\":\"full\""u8 : "\"mode\":\"count\""u8);
        json.Number(",\"version\":"u8, presence.Version);
        json.Number(",\"count\":"u8, presence.Count);
        if (full)
        {
            json.Raw(",\"members\":"u8);
            Members(ref json, presence.Members);
        }
    }

    private static void Members(ref JsonOutput json, IReadOnlyList<MemberInfo> members)
    {
        json.Raw("["u8);
        for (int i = 0; i < members.Count; i++)
        {
            MemberInfo member = members[i];
            json.String(i == 0 ? "{\"user\":"u8 : ",{\"user\":"u8, member.User);
            json.String(",\"connection\":"u8, member.Connection);
            if (!member.State.IsEmpty)
            {
                json.Raw(",\"state\":"u8);
                json.Raw(member.State.Span);
            }

            json.Raw("}"u8);
        }

        json.Raw("]"u8);
    }

    private static FrameKind End(ref JsonOutput json)
    {
        json.Raw("}"u8);
        json.Flush();
        return FrameKind.Text;
    }
}
