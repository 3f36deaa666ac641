using System.Text;
using Switchboard.Protocol.Envelope;
using static Switchboard.Protocol.Tests.Envelope.Protobuf.ProtoBytes;

namespace Switchboard.Protocol.Tests.Envelope.Protobuf;

public sealed class ProtobufErrorTests
{
    private const int Connect = 2;
    private const int Join = 3;
    private const int Leave = 4;
    private const int Publish = 5;
    private const int Send = 6;
    private const int History = 7;
    private const int Presence = 8;
    private const int State = 9;
    private const int Ping = 10;

    private static readonly byte[] Id = Number(1, 3);
    private static readonly byte[] Room = Text(1, "r");
    private static readonly byte[] Data = Bytes(2, "1"u8.ToArray());
    private static readonly byte[] Position = Message(Fixed(1, 1), Number(2, 1));
    private static readonly byte[] FarPosition = Message(Fixed(1, 1), Number(2, 1UL << 53));
    private static readonly byte[] NoVarint = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02];
    private static readonly byte[] NotUtf8 = [0xC3, 0x28];

    /// <summary>A message, the code and the id that it is answered with, and what the text names.</summary>
    public static readonly TheoryData<string, byte[], string, long, string> Invalid = new()
    {
        // Not the wire format; an id in front of the fault is read.
        { "tag cut", [0x80], "bad_frame", 0, "midst" },
        { "varint cut", Message(Id, [1 << 3, 0x80]), "bad_frame", 3, "midst" },
        { "varint absent", Message(Id, [1 << 3]), "bad_frame", 3, "midst" },
        { "length cut", Message(Id, [0x52, 0x80]), "bad_frame", 3, "midst" },
        { "length beyond the end", Message(Id, [0x52, 0x01]), "bad_frame", 3, "midst" },
        { "length of 2^31", Message(Id, [0x52], Varint(1UL << 31)), "bad_frame", 3, "midst" },
        { "length of 2^35, which cut off is 0", Message(Id, [0x52], Varint(1UL << 35)), "bad_frame", 3, "32 bits" },
        { "length of 2^64-1", Message(Id, [0x52], Varint(ulong.MaxValue)), "bad_frame", 3, "32 bits" },
        { "length of eleven bytes", Message(Id, [0x52], NoVarint), "bad_frame", 3, "64 bits" },
        { "fixed64 cut", Message(Id, [(12 << 3) | 1, 1, 2, 3, 4, 5, 6, 7]), "bad_frame", 3, "midst" },
        { "fixed32 cut", Message(Id, [(12 << 3) | 5, 1, 2, 3]), "bad_frame", 3, "midst" },
        { "varint of 65 bits", Message(Id, [1 << 3], NoVarint), "bad_frame", 3, "64 bits" },
        { "varint without end", Message(Id, [1 << 3], [.. NoVarint[..9], 0x80, 0x00]), "bad_frame", 3, "64 bits" },
        { "field 0", Message(Id, [0x00, 0x00]), "bad_frame", 3, "field number" },
        { "field 2^29", Message(Id, Varint((1UL << 29) << 3), [0]), "bad_frame", 3, "field number" },
        { "tag of 64 bits", Message(Id, Varint((1UL << 40) | 8), [0]), "bad_frame", 3, "field number" },
        { "wire type 6", Message(Id, [0x0E, 0x00]), "bad_frame", 3, "wire type" },
        { "wire type 7", Message(Id, [0x0F, 0x00]), "bad_frame", 3, "wire type" },
        { "group without begin", Message(Id, End(12)), "bad_frame", 3, "group" },
        { "group without end", Message(Id, Begin(12), Number(1, 1)), "bad_frame", 3, "midst" },
        { "group ended as another", Message(Id, Begin(12), End(11)), "bad_frame", 3, "group" },
        { "group torn", Message(Id, Begin(12), [1 << 3, 0x80]), "bad_frame", 3, "midst" },
        { "groups too deep", Message(Id, Many(Begin(12), 65), Many(End(12), 65)), "bad_frame", 3, "64 levels" },
        { "groups without end", Message(Id, Many(Begin(12), 4096)), "bad_frame", 3, "64 levels" },
        { "text in JSON", Encoding.UTF8.GetBytes("""{"type":"ping","id":3}"""), "bad_frame", 0, "not a protobuf message" },
        { "broken command", Message(Bytes(Leave, Room, [0x80]), Id), "bad_frame", 3, "midst" },
        { "broken position", Message(Id, Bytes(Join, Room, Bytes(2, [0x80]))), "bad_frame", 3, "midst" },
        { "broken positions", Message(Id, Bytes(Connect, Text(1, "t"), Bytes(2, [0x80]))), "bad_frame", 3, "midst" },
        { "broken entry", Message(Id, Positions(Bytes(3, [0x80]))), "bad_frame", 3, "midst" },
        { "broken position of a room", Message(Id, Positions(Bytes(3, Room, Bytes(2, [0x80])))), "bad_frame", 3, "midst" },

        // What all commands have.
        { "nothing", [], "bad_field", 0, "command" },
        { "only an id", Id, "bad_field", 3, "command" },
        { "unknown command", Message(Id, Bytes(12)), "unknown_command", 3, "command" },
        { "id of 2^53", Message(Number(1, 1UL << 53), Bytes(Ping)), "bad_field", 0, "id" },
        { "id of 2^64-1", Message(Number(1, ulong.MaxValue), Bytes(Ping)), "bad_field", 0, "id" },
        { "id as fixed64", Message(Fixed(1, 3), Bytes(Ping)), "bad_field", 0, "id" },
        { "id as text", Message(Text(1, "3"), Bytes(Ping)), "bad_field", 0, "id" },
        { "bad id and unknown command", Message(Text(1, "3"), Bytes(12)), "bad_field", 0, "id" },
        { "two commands", Message(Id, Bytes(Ping), Bytes(Leave, Room)), "bad_field", 3, "twice" },
        { "a command twice", Message(Id, Bytes(Ping), Bytes(Ping)), "bad_field", 3, "twice" },
        { "command as varint", Message(Id, Number(Ping, 1)), "bad_field", 3, "delimited" },
        { "command as group", Message(Id, Begin(Ping), End(Ping)), "bad_field", 3, "delimited" },

        // Names.
        { "room missing", Message(Id, Bytes(Leave)), "bad_field", 3, "room is missing" },
        { "room as varint", Message(Id, Bytes(Leave, Number(1, 1))), "bad_field", 3, "room" },
        { "room empty", Message(Id, Bytes(Leave, Text(1, ""))), "bad_name", 3, "room" },
        { "room not UTF-8", Message(Id, Bytes(Leave, Bytes(1, NotUtf8))), "bad_name", 3, "UTF-8" },
        { "room half a pair", Message(Id, Bytes(Leave, Bytes(1, [0xED, 0xA0, 0x80]))), "bad_name", 3, "UTF-8" },
        { "room cut in a character", Message(Id, Bytes(Leave, Bytes(1, [0xC2]))), "bad_name", 3, "UTF-8" },
        { "room with NUL", Message(Id, Bytes(Leave, Text(1, "a\0"))), "bad_name", 3, "control" },
        { "room with DEL", Message(Id, Bytes(Leave, Text(1, "\x7f"))), "bad_name", 3, "control" },
        { "room with C1", Message(Id, Bytes(Leave, Text(1, "é\u0085"))), "bad_name", 3, "control" },
        { "room too long", Message(Id, Bytes(Leave, Text(1, new string('r', 129)))), "bad_name", 3, "128" },
        { "room too long and not UTF-8", Message(Id, Bytes(Leave, Bytes(1, new byte[4096]))), "bad_name", 3, "128" },

        // connect
        { "resume empty", Message(Id, Bytes(Connect, Text(1, ""))), "bad_name", 3, "resume" },
        { "resume too long", Message(Id, Bytes(Connect, Text(1, new string('t', 257)))), "bad_name", 3, "256" },
        { "positions without resume", Message(Id, Bytes(Connect, Bytes(2))), "bad_field", 3, "positions" },
        { "turn without resume", Message(Id, Bytes(Connect, Number(4, 1))), "bad_field", 3, "turn" },
        { "turn too high", Message(Id, Bytes(Connect, Text(1, "t"), Number(4, 1ul << 53))), "bad_field", 3, "turn" },
        { "positions as varint", Message(Id, Bytes(Connect, Text(1, "t"), Number(2, 1))), "bad_field", 3, "positions" },
        { "positions twice", Message(Id, Bytes(Connect, Text(1, "t"), Bytes(2), Bytes(2))), "bad_field", 3, "twice" },
        { "position of the user twice", Message(Id, Positions(Bytes(1, Position), Bytes(1, Position))), "bad_field", 3, "positions.user" },
        { "position of the connection twice", Message(Id, Positions(Bytes(2), Bytes(2))), "bad_field", 3, "positions.connection" },
        { "position of the user as varint", Message(Id, Positions(Number(1, 1))), "bad_field", 3, "positions.user" },
        { "rooms as varint", Message(Id, Positions(Number(3, 1))), "bad_field", 3, "positions.rooms" },
        { "room without name", Message(Id, Positions(Bytes(3, Bytes(2, Position)))), "bad_name", 3, "positions.rooms" },
        { "room with a bad name", Message(Id, Positions(Bytes(3, Bytes(1, NotUtf8), Bytes(2)))), "bad_name", 3, "positions.rooms" },
        { "room with a name as varint", Message(Id, Positions(Bytes(3, Number(1, 1), Bytes(2)))), "bad_field", 3, "positions.rooms" },
        { "room with a position as varint", Message(Id, Positions(Bytes(3, Room, Number(2, 1)))), "bad_field", 3, "positions.rooms" },
        { "room with two positions", Message(Id, Positions(Bytes(3, Room, Bytes(2), Bytes(2)))), "bad_field", 3, "positions.rooms" },
        { "room twice", Message(Id, Positions(Bytes(3, Room), Bytes(3, Room))), "bad_field", 3, "twice" },
        { "room with a position too far", Message(Id, Positions(Bytes(3, Room, Bytes(2, FarPosition)))), "bad_field", 3, "offset" },

        // join, leave, presence, state
        { "position twice", Message(Id, Bytes(Join, Room, Bytes(2, Position), Bytes(2))), "bad_field", 3, "position" },
        { "position as varint", Message(Id, Bytes(Join, Room, Number(2, 1))), "bad_field", 3, "position" },
        { "position too far", Message(Id, Bytes(Join, Room, Bytes(2, FarPosition))), "bad_field", 3, "offset" },
        { "epoch as varint", Message(Id, Bytes(Join, Room, Bytes(2, Number(1, 1)))), "bad_field", 3, "epoch" },
        { "offset as fixed64", Message(Id, Bytes(Join, Room, Bytes(2, Fixed(2, 1)))), "bad_field", 3, "offset" },
        { "presence as text", Message(Id, Bytes(Join, Room, Text(3, "true"))), "bad_field", 3, "presence" },
        { "state as varint", Message(Id, Bytes(Join, Room, Number(4, 1))), "bad_field", 3, "state" },
        { "state an array", Message(Id, Bytes(Join, Room, Text(4, "[]"))), "bad_field", 3, "state" },
        { "state null", Message(Id, Bytes(Join, Room, Text(4, "null"))), "bad_field", 3, "state" },
        { "state not JSON", Message(Id, Bytes(Join, Room, Text(4, "{"))), "bad_json", 3, "state" },
        { "state not UTF-8", Message(Id, Bytes(Join, Room, Bytes(4, "{\""u8.ToArray(), NotUtf8, "\":1}"u8.ToArray()))), "bad_json", 3, "state" },
        { "state blank", Message(Id, Bytes(State, Room, Text(2, " "))), "bad_json", 3, "state" },
        { "state missing", Message(Id, Bytes(State, Room)), "bad_field", 3, "state is missing" },
        { "state without room", Message(Id, Bytes(State, Text(2, "{}"))), "bad_field", 3, "room" },
        { "presence without room", Message(Id, Bytes(Presence)), "bad_field", 3, "room" },

        // publish
        { "publish without room", Message(Id, Bytes(Publish, Data)), "bad_field", 3, "room" },
        { "publish without data", Message(Id, Bytes(Publish, Room)), "bad_field", 3, "json or binary" },
        { "binary as varint", Message(Id, Bytes(Publish, Room, Number(3, 1))), "bad_field", 3, "binary" },
        { "json as varint", Message(Id, Bytes(Publish, Room, Number(2, 1))), "bad_field", 3, "json" },
        { "json empty", Message(Id, Bytes(Publish, Room, Text(2, ""))), "bad_json", 3, "byte 0" },
        { "json blank", Message(Id, Bytes(Publish, Room, Text(2, "  "))), "bad_json", 3, "byte 2" },
        { "json broken", Message(Id, Bytes(Publish, Room, Text(2, "[1,]"))), "bad_json", 3, "byte 3" },
        { "json twice", Message(Id, Bytes(Publish, Room, Text(2, "1 2"))), "bad_json", 3, "byte 2" },
        { "json not UTF-8", Message(Id, Bytes(Publish, Room, Bytes(2, [0x22, 0xC0, 0x22]))), "bad_json", 3, "UTF-8" },
        { "json with a byte order mark", Message(Id, Bytes(Publish, Room, Text(2, "\uFEFF1"))), "bad_json", 3, "byte 0" },
        { "json too deep", Message(Id, Bytes(Publish, Room, Text(2, new string('[', 57) + new string(']', 57)))), "bad_field", 3, "56 levels" },
        { "json far too deep", Message(Id, Bytes(Publish, Room, Text(2, new string('[', 60_000)))), "bad_field", 3, "56 levels" },
        { "class unknown", Message(Id, Bytes(Publish, Room, Data, Number(4, 3))), "bad_field", 3, "message_class" },
        { "class of 2^32", Message(Id, Bytes(Publish, Room, Data, Number(4, 1UL << 32))), "bad_field", 3, "message_class" },
        { "class as text", Message(Id, Bytes(Publish, Room, Data, Text(4, "latest"))), "bad_field", 3, "message_class" },
        { "latest without slot", Message(Id, Bytes(Publish, Room, Data, Number(4, 1))), "bad_field", 3, "slot is missing" },
        { "latest with empty slot", Message(Id, Bytes(Publish, Room, Data, Number(4, 1), Text(5, ""))), "bad_name", 3, "slot" },
        { "reliable with slot", Message(Id, Bytes(Publish, Room, Data, Text(5, "s"))), "bad_field", 3, "slot" },
        { "volatile with slot", Message(Id, Bytes(Publish, Room, Data, Number(4, 2), Text(5, "s"))), "bad_field", 3, "slot" },
        { "volatile with key", Message(Id, Bytes(Publish, Room, Data, Number(4, 2), Text(6, "k"))), "bad_field", 3, "key" },
        { "key empty", Message(Id, Bytes(Publish, Room, Data, Text(6, ""))), "bad_name", 3, "key" },
        { "echo as text", Message(Id, Bytes(Publish, Room, Data, Text(7, "1"))), "bad_field", 3, "echo" },

        // send
        { "send to nobody", Message(Id, Bytes(Send, Data)), "bad_field", 3, "user or connection" },
        { "send to an empty user", Message(Id, Bytes(Send, Text(1, ""), Data)), "bad_name", 3, "user" },
        { "send to an empty connection", Message(Id, Bytes(Send, Text(7, ""), Data)), "bad_name", 3, "connection" },
        { "send without data", Message(Id, Bytes(Send, Text(1, "u"))), "bad_field", 3, "json or binary" },

        // history
        { "history of nothing", Message(Id, Bytes(History)), "bad_field", 3, "room or own_feed" },
        { "history of no feed", Message(Id, Bytes(History, Number(2, 0))), "bad_field", 3, "own_feed" },
        { "history of an unknown feed", Message(Id, Bytes(History, Number(2, 3))), "bad_field", 3, "own_feed" },
        { "history of an empty room", Message(Id, Bytes(History, Text(1, ""))), "bad_name", 3, "room" },
        { "order unknown", Message(Id, Bytes(History, Room, Number(3, 3))), "bad_field", 3, "order" },
        { "newest after", Message(Id, Bytes(History, Room, Number(3, 2), Bytes(4, Position))), "bad_field", 3, "after" },
        { "oldest before", Message(Id, Bytes(History, Room, Number(3, 1), Bytes(5, Position))), "bad_field", 3, "before" },
        { "after and before", Message(Id, Bytes(History, Room, Bytes(4, Position), Bytes(5, Position))), "bad_field", 3, "before" },
        { "limit 0", Message(Id, Bytes(History, Room, Number(6, 0))), "bad_field", 3, "limit" },
        { "limit 101", Message(Id, Bytes(History, Room, Number(6, 101))), "bad_field", 3, "limit" },
        { "limit of 2^32+1", Message(Id, Bytes(History, Room, Number(6, (1UL << 32) + 1))), "bad_field", 3, "limit" },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Decode_InvalidMessage_AnswersWithCodeIdAndField(string what, byte[] message, string code, long id, string field)
    {
        Decoded decoded = ProtobufCommandTests.Decode(message);

        Assert.True(decoded.Error is not null, what);
        Assert.Equal((code, id), (decoded.Error.Value.Code, decoded.Error.Value.Id));
        Assert.Contains(field, decoded.Error.Value.Message, StringComparison.Ordinal);
        Assert.False(decoded.Error.Value.Retry);
    }

    [Fact]
    public void Decode_TextMessage_IsBadFrame()
    {
        Decoded decoded = Decoded.From(Message(Id, Bytes(Ping)), FrameKind.Text, new ProtobufEnvelopeCodec());

        Assert.Equal(("bad_frame", 0), (decoded.Error?.Code, decoded.Error?.Id));
    }

    [Fact]
    public void Decode_DataAtTheBoundOfDepth_IsRead()
    {
        byte[] json = Encoding.UTF8.GetBytes(new string('[', 56) + new string(']', 56));

        Assert.Equal(json, ProtobufCommandTests.Decode(Bytes(Publish, Room, Bytes(2, json))).Data);
    }

    private static byte[] Positions(params byte[][] fields) => Bytes(Connect, Text(1, "t"), Bytes(2, fields));

    private static byte[] Many(byte[] field, int count) => [.. Enumerable.Repeat(field, count).SelectMany(each => each)];
}
