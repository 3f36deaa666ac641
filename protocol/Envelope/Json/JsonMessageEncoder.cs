using System.Buffers;
using System.Buffers.Binary;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Writes the message event, which is hot, and what it shares with the messages of a history.</summary>
internal static class JsonMessageEncoder
{
    private const int LengthBytes = 2;

    // More than what is constant in a message and its numbers take.
    private const int Overhead = 256;

    // A UTF-16 unit takes up to three bytes, or six when it is escaped.
    private const int LongestUnit = 6;

    public static FrameKind Encode(IBufferWriter<byte> output, in MessageEvent message)
    {
        FeedMessage body = message.Message;
        int names = message.Feed.Room.Length
            + (body.FromUser?.Length ?? 0) + (body.FromConnection?.Length ?? 0) + (body.Slot?.Length ?? 0);
        if (body.DataKind == DataKind.Binary)
        {
            EncodeBinary(output, message.Feed, body, Overhead + (LongestUnit * names));
            return FrameKind.Binary;
        }

        var json = new JsonOutput(output, Overhead + names + body.Data.Length);
        Header(ref json, message.Feed, body);
        json.Raw(",\"data\":"u8);
        json.Raw(body.Data.Span);
        json.Raw("}"u8);
        json.Flush();
        return FrameKind.Text;
    }

    /// <summary>Appends what a message has besides its data.</summary>
    public static void Body(ref JsonOutput json, in FeedMessage body)
    {
        if (body.Offset != 0)
        {
            json.Number("\"offset\":"u8, body.Offset);
            json.Raw(","u8);
        }

        if (body.FromUser is not null)
        {
            json.String("\"from\":{\"user\":"u8, body.FromUser);
            json.String(",\"connection\":"u8, body.FromConnection);
            json.Raw("},"u8);
        }

        json.Number("\"time\":"u8, body.Time);
        if (body.Class == MessageClass.Volatile)
        {
            json.Raw(",\"class\":\"volatile\""u8);
        }
        else if (body.Class == MessageClass.Latest)
        {
            json.String(",\"class\":\"latest\",\"slot\":"u8, body.Slot);
        }
    }

    private static void Header(ref JsonOutput json, in FeedRef feed, in FeedMessage body)
    {
        json.Raw("{\"type\":\"message\","u8);
        json.Feed(feed);
        json.Raw(","u8);
        Body(ref json, body);
    }

    // The header must stand in one span until its length is known: the bound sees to that.
    private static void EncodeBinary(IBufferWriter<byte> output, in FeedRef feed, in FeedMessage body, int bound)
    {
        var json = new JsonOutput(output, bound + body.Data.Length);
        json.Raw([0, 0]);
        Header(ref json, feed, body);
        json.Raw("}"u8);
        BinaryPrimitives.WriteUInt16BigEndian(json.Pending, checked((ushort)(json.Pending.Length - LengthBytes)));
        json.Raw(body.Data.Span);
        json.Flush();
    }
}
