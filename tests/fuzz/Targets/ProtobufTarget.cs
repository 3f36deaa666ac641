using System.Buffers;
using System.Text;
using Google.Protobuf;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Tests.Envelope.Protobuf;
using static Switchboard.Fuzz.FuzzFailureException;
using static Switchboard.Fuzz.Targets.CommandNotes;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// The commands in protobuf, against Google's library. What was decoded is encoded again as an event of both protocols,
/// as its receivers may speak either: the library must read it, and the JSON must be JSON.
/// </summary>
internal sealed class ProtobufTarget : IFuzzTarget
{
    // Where the codec refuses what the library reads: it cuts numbers off, and lets groups nest deeper.
    private static readonly string[] Stricter = ["32 bits", "64 bits", "field number", "levels"];

    private static readonly HashSet<string> Codes =
        [ErrorCodes.BadJson, ErrorCodes.BadFrame, ErrorCodes.UnknownCommand, ErrorCodes.BadField, ErrorCodes.BadName];

    private readonly ProtobufEnvelopeCodec _codec = new();
    private readonly JsonEnvelopeCodec _json = new();
    private readonly ArrayBufferWriter<byte> _output = new();

    public string Name => "protobuf";

    public int Weight => 15;

    public int MaxInput => 4096;

    // What connect keeps is in proportion to the message; the rest is the oracle's.
    public long MaxAllocation => 64 * MaxInput;

    public IEnumerable<byte[]> Seeds => ProtobufSeeds.All;

    public IReadOnlyList<byte[]> Dictionary => ProtobufSeeds.Dictionary;

    public void Run(ReadOnlySpan<byte> input, Trace trace)
    {
        bool decoded = _codec.TryDecode(input, FrameKind.Binary, default, out Command command, out ErrorEvent error);
        V1.ClientMessage? message = ProtobufOracle.Parse(input, out string fault);
        if (decoded)
        {
            // A text that is not UTF-8 and that counts for nothing, as another follows, is not looked at.
            Unless(message is not null || fault.Contains("UTF-8", StringComparison.Ordinal), "the library refuses it");
            string? differs = message is null ? null : ProtobufOracle.Differs(message, command);
            Unless(differs is null, $"{differs} differs from what the library reads");
            CheckMessage(command);
            trace.Note(1, (int)command.Type | ((int)command.DataKind << 4), Shape(command));
        }
        else
        {
            Unless(
                message is null || error.Code != ErrorCodes.BadFrame
                    || Array.Exists(Stricter, text => error.Message.Contains(text, StringComparison.Ordinal)),
                "the library reads what is no message");
            CheckError(error);
            trace.Note(2, Wording(error.Message), error.Id == 0 ? 0 : 1);
            trace.Note(3, message is null ? 0 : (int)message.CommandCase, Wording(error.Message));
        }
    }

    public int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random) =>
        ProtobufMutator.Mutate(input, output, random);

    private void CheckMessage(in Command command)
    {
        Unless(
            command.State.IsEmpty || JsonOracle.IsObject(command.State, EnvelopeLimits.DataDepth),
            "the state is not a JSON object");
        if (command.Type is not (CommandType.Publish or CommandType.Send))
        {
            return;
        }

        var body = new FeedMessage
        {
            Offset = command.Id,
            Time = command.Id,
            FromUser = Encoding.UTF8.GetString(command.User),
            FromConnection = Encoding.UTF8.GetString(command.Connection),
            Class = command.Class,
            Slot = Encoding.UTF8.GetString(command.Slot),
            Data = command.Data.ToArray(),
            DataKind = command.DataKind,
        };
        FeedRef feed = command.Type == CommandType.Publish
            ? FeedRef.OfRoom(Encoding.UTF8.GetString(command.Room))
            : FeedRef.User;
        V1.MessageEvent written = Written(new MessageEvent(feed, body)).Message;
        ByteString data = command.DataKind == DataKind.Json ? written.Json : written.Binary;
        Unless(data.Span.SequenceEqual(command.Data), "the encoded payload differs");
        _output.ResetWrittenCount();
        if (_json.Encode(_output, new MessageEvent(feed, body)) == FrameKind.Text)
        {
            Unless(
                JsonOracle.IsObject(_output.WrittenSpan, EnvelopeLimits.MessageDepth), "a client of JSON would not get JSON");
        }
    }

    private void CheckError(in ErrorEvent error)
    {
        Unless(Codes.Contains(error.Code) && error.Message.Length > 0, "not an error of decoding");
        Unless(error.Id is >= 0 and <= EnvelopeLimits.MaxInteger, "the id is out of bounds");
        _output.ResetWrittenCount();
        _codec.Encode(_output, error);
        Unless(
            V1.ServerMessage.Parser.ParseFrom(_output.WrittenSpan).Error.Code == error.Code, "the encoded error differs");
    }

    private V1.ServerMessage Written(in MessageEvent message)
    {
        _output.ResetWrittenCount();
        _codec.Encode(_output, message);
        V1.ServerMessage read = V1.ServerMessage.Parser.ParseFrom(_output.WrittenSpan);
        Unless(read.CalculateSize() == _output.WrittenCount, "the encoded message is not as short as the library's");
        return read;
    }
}
