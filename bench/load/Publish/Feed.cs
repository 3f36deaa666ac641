using System.Buffers.Text;
using System.Text;

namespace Switchboard.Load.Publish;

/// <summary>Reads the two events of a publish run by their beginning and end, as our server writes them: a tree of JSON
/// would cost more than all the rest. Whatever is written otherwise is not one of them, and fails the run.</summary>
internal sealed class Feed(string room)
{
    private readonly byte[] _message = Encoding.UTF8.GetBytes($$"""{"type":"message","room":"{{room}}","offset":""");

    private static ReadOnlySpan<byte> Published => """{"type":"published","id":"""u8;

    private static ReadOnlySpan<byte> Offset => "\"offset\":"u8;

    /// <summary>The id and the offset of an acknowledgement; false for one without, for one of a duplicate, and for
    /// every other event.</summary>
    public static bool TryReadAcknowledgement(ReadOnlySpan<byte> record, out long id, out long offset)
    {
        id = offset = 0;
        if (!record.StartsWith(Published) || !Utf8Parser.TryParse(record[Published.Length..], out id, out _))
        {
            return false;
        }

        var last = record[..^1];
        var digits = last[(last.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1)..];
        return last[..^digits.Length].EndsWith(Offset) && Utf8Parser.TryParse(digits, out offset, out _);
    }

    /// <summary>The offset of a message of this room; false for every other event.</summary>
    public bool TryReadMessage(ReadOnlySpan<byte> record, out long offset)
    {
        offset = 0;
        return record.StartsWith(_message) && Utf8Parser.TryParse(record[_message.Length..], out offset, out _);
    }
}
