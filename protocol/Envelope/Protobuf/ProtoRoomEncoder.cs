using System.Buffers;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>Writes what concerns membership of a room.</summary>
internal static class ProtoRoomEncoder
{
    private const int Joined = 3;
    private const int Left = 4;
    private const int Presence = 8;
    private const int PresenceChange = 12;

    public static FrameKind Encode(IBufferWriter<byte> output, in JoinedEvent joined) =>
        ProtoOutput.Write(output, joined.Id, Joined, joined.Start, RoomStart);

    public static FrameKind Encode(IBufferWriter<byte> output, in LeftEvent left) => ProtoOutput.Write(
        output, left.Id, Left, left, static (scoped ref ProtoOutput output, in LeftEvent left) =>
        {
            output.Text(1, left.Room);
            output.Optional(2, left.Reason);
        });

    public static FrameKind Encode(IBufferWriter<byte> output, in PresenceEvent presence) => ProtoOutput.Write(
        output, presence.Id, Presence, presence, static (scoped ref ProtoOutput output, in PresenceEvent presence) =>
        {
            output.Text(1, presence.Room);
            output.Message(2, presence.Presence, Info);
        });

    public static FrameKind Encode(IBufferWriter<byte> output, in PresenceChangeEvent change) => ProtoOutput.Write(
        output, id: 0, PresenceChange, change, static (scoped ref ProtoOutput output, in PresenceChangeEvent change) =>
        {
            output.Text(1, change.Room);
            output.Integer(2, change.After);
            output.Integer(3, change.Version);
            output.Integer(4, change.Count);
            output.Messages(5, change.Joined, Member);
            for (int i = 0; i < change.Left.Count; i++)
            {
                output.Present(6, change.Left[i]);
            }

            output.Messages(7, change.Updated, Member);
        });

    /// <summary>Appends the fields of RoomStart, which are those of JoinedEvent too.</summary>
    public static void RoomStart(scoped ref ProtoOutput output, in RoomStart start)
    {
        output.Text(1, start.Room);
        output.Message(2, start.Feed, FeedStart);
        if (start.Presence is not null)
        {
            output.Message(3, start.Presence, Info);
        }
    }

    /// <summary>Appends the fields of FeedStart. FeedRecovery and its counterpart have the same numbers.</summary>
    public static void FeedStart(scoped ref ProtoOutput output, in FeedStart start)
    {
        output.Position(1, start.Head);
        output.Integer(2, (long)start.Recovery);
    }

    // PresenceKind and its counterpart have the same numbers.
    private static void Info(scoped ref ProtoOutput output, in PresenceInfo presence)
    {
        output.Integer(1, (long)presence.Kind);
        output.Integer(2, presence.Version);
        output.Integer(3, presence.Count);
        if (presence.Kind == PresenceKind.Full)
        {
            output.Messages(4, presence.Members, Member);
        }
    }

    private static void Member(scoped ref ProtoOutput output, in MemberInfo member)
    {
        output.Text(1, member.User);
        output.Text(2, member.Connection);
        if (!member.State.IsEmpty)
        {
            output.Present(3, member.State.Span);
        }
    }
}
