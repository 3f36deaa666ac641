using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;
using static Switchboard.Fuzz.FuzzFailureException;
using static Switchboard.Fuzz.Targets.CommandNotes;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// The commands in JSON, against the base library's reader. An input is one byte that says text or binary, and the
/// message. What was decoded is encoded again as an event, which must be JSON.
/// </summary>
internal sealed class EnvelopeTarget : IFuzzTarget
{
    private static readonly HashSet<string> Codes =
        [ErrorCodes.BadJson, ErrorCodes.BadFrame, ErrorCodes.UnknownCommand, ErrorCodes.BadField, ErrorCodes.BadName];

    private readonly JsonEnvelopeCodec _codec = new();
    private readonly byte[] _scratch = new byte[EnvelopeLimits.ScratchBytes];
    private readonly ArrayBufferWriter<byte> _output = new();

    public string Name => "envelope";

    public int Weight => 15;

    public int MaxInput => 4096;

    // What connect keeps is in proportion to the message; the rest is the oracle's.
    public long MaxAllocation => 64 * MaxInput;

    public IEnumerable<byte[]> Seeds => EnvelopeSeeds.All;

    public IReadOnlyList<byte[]> Dictionary => EnvelopeSeeds.Dictionary;

    public void Run(ReadOnlySpan<byte> input, Trace trace)
    {
        if (input.IsEmpty)
        {
            return;
        }

        FrameKind frame = (input[0] & 1) == 0 ? FrameKind.Text : FrameKind.Binary;
        ReadOnlySpan<byte> message = input[1..];
        bool decoded = _codec.TryDecode(message, frame, _scratch, out Command command, out ErrorEvent error);

        bool framed = TrySplit(message, frame, out ReadOnlySpan<byte> json, out ReadOnlySpan<byte> payload);
        Unless(framed || (!decoded && error.Code == ErrorCodes.BadFrame), "the header exceeds the message");
        bool isObject = framed && JsonOracle.IsObject(json, EnvelopeLimits.MessageDepth);
        Unless(
            !framed || isObject == (decoded || error.Code != ErrorCodes.BadJson),
            "differs from the base library on what is JSON");
        if (decoded)
        {
            JsonOracle.Compare(json, command);
            Unless(frame == FrameKind.Text || command.Data.SequenceEqual(payload), "the payload differs");
            CheckMessage(command, trace);
            trace.Note(1, (int)command.Type | ((int)frame << 4), Shape(command));
        }
        else
        {
            CheckError(error);
            trace.Note(2, (int)frame, Wording(error.Message));
            trace.Note(3, Wording(error.Message), error.Id == 0 ? 0 : 1);
            NoteFault(error.Message, json, trace);
        }
    }

    public int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random) =>
        EnvelopeMutator.Mutate(input, output, random);

    private static bool TrySplit(
        ReadOnlySpan<byte> message, FrameKind frame, out ReadOnlySpan<byte> json, out ReadOnlySpan<byte> payload)
    {
        json = message;
        payload = default;
        if (frame == FrameKind.Text)
        {
            return true;
        }

        if (message.Length < 2)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(message);
        if (2 + length > message.Length)
        {
            return false;
        }

        json = message.Slice(2, length);
        payload = message[(2 + length)..];
        return true;
    }

    private void CheckMessage(in Command command, Trace trace)
    {
        if (command.Type is not (CommandType.Publish or CommandType.Send))
        {
            return;
        }

        string room = Encoding.UTF8.GetString(command.Room);
        string name = Encoding.UTF8.GetString(command.User);
        var body = new FeedMessage
        {
            Offset = command.Id,
            Time = command.Id,
            FromUser = name,
            FromConnection = Encoding.UTF8.GetString(command.Connection),
            Class = command.Class,
            Slot = Encoding.UTF8.GetString(command.Slot),
            Data = command.Data.ToArray(),
            DataKind = command.DataKind,
        };
        FeedRef feed = command.Type == CommandType.Publish ? FeedRef.OfRoom(room) : FeedRef.User;
        _output.ResetWrittenCount();
        FrameKind frame = _codec.Encode(_output, new MessageEvent(feed, body));
        Unless(
            TrySplit(_output.WrittenSpan, frame, out ReadOnlySpan<byte> json, out ReadOnlySpan<byte> payload)
                && JsonOracle.IsObject(json, EnvelopeLimits.MessageDepth),
            "the encoded message is not JSON");
        Unless(frame == FrameKind.Text || payload.SequenceEqual(command.Data), "the encoded payload differs");
        trace.Note(4, (int)frame, (int)command.Class);
    }

    private void CheckError(in ErrorEvent error)
    {
        Unless(Codes.Contains(error.Code) && error.Message.Length > 0, "not an error of decoding");
        Unless(error.Id is >= 0 and <= EnvelopeLimits.MaxInteger, "the id is out of bounds");
        _output.ResetWrittenCount();
        Unless(_codec.Encode(_output, error) == FrameKind.Text, "an error is text");
        Unless(JsonOracle.IsObject(_output.WrittenSpan, EnvelopeLimits.MessageDepth), "the encoded error is not JSON");
    }

    // Between which two characters the grammar broke.
    private static void NoteFault(string message, ReadOnlySpan<byte> json, Trace trace)
    {
        const string Before = "fault at byte ";
        int start = message.IndexOf(Before, StringComparison.Ordinal);
        if (start >= 0 && int.TryParse(message.AsSpan(start + Before.Length), out int at))
        {
            trace.Note(5, ClassAt(json, at - 1), ClassAt(json, at));
        }
    }

    private static int ClassAt(ReadOnlySpan<byte> json, int at) =>
        (uint)at >= (uint)json.Length ? 0 : json[at] switch
        {
            >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' => 'a',
            >= (byte)'1' and <= (byte)'9' => '1',
            < 0x20 => ' ',
            > 0x7F => 0x80,
            byte other => other,
        };
}
