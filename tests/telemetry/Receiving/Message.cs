using Google.Protobuf;

namespace Switchboard.Telemetry.Receiving;

/// <summary>A message of protobuf whose type is not known here: its fields by number, as far as they are texts, bytes or messages.</summary>
internal sealed class Message
{
    private readonly List<(int Number, ByteString Value)> _fields = [];

    public Message(ByteString bytes)
    {
        CodedInputStream input = bytes.CreateCodedInput();
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                _fields.Add((WireFormat.GetTagFieldNumber(tag), input.ReadBytes()));
            }
            else
            {
                input.SkipLastField();
            }
        }
    }

    public IEnumerable<Message> All(int number) =>
        _fields.Where(field => field.Number == number).Select(field => new Message(field.Value));

    public Message? One(int number) => All(number).FirstOrDefault();

    public string Text(int number) => Bytes(number).ToStringUtf8();

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number).Span);

    private ByteString Bytes(int number) =>
        _fields.Where(field => field.Number == number).Select(field => field.Value).FirstOrDefault(ByteString.Empty);
}
