using System.Buffers;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Writes the short answers.</summary>
internal static class JsonAnswerEncoder
{
    private const int SizeHint = 256;

    public static FrameKind Encode(IBufferWriter<byte> output, in PublishedEvent published)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"published\""u8);
        json.Id(published.Id);
        json.String(",\"room\":"u8, published.Room);
        return Accepted(ref json, published.Position, published.Duplicate);
    }

    public static FrameKind Encode(IBufferWriter<byte> output, in SentEvent sent)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"sent\""u8);
        json.Id(sent.Id);
        return Accepted(ref json, sent.Position, sent.Duplicate);
    }

    public static FrameKind Encode(IBufferWriter<byte> output, in OkEvent ok)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"ok\""u8);
        json.Id(ok.Id);
        return End(ref json);
    }

    public static FrameKind Encode(IBufferWriter<byte> output, in PongEvent pong)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"pong\""u8);
        json.Id(pong.Id);
        json.Number(",\"time\":"u8, pong.Time);
        return End(ref json);
    }

    public static FrameKind Encode(IBufferWriter<byte> output, in LostEvent lost)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"lost\","u8);
        json.Feed(lost.Feed);
        json.Raw(","u8);
        json.Position(lost.Position);
        return End(ref json);
    }

    public static FrameKind Encode(IBufferWriter<byte> output, in ExpiringEvent expiring)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"expiring\""u8);
        if (expiring.Room is not null)
        {
            json.String(",\"room\":"u8, expiring.Room);
        }

        json.Number(",\"in\":"u8, expiring.Seconds);
        return End(ref json);
    }

    public static FrameKind Encode(IBufferWriter<byte> output, in ErrorEvent error)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"error\""u8);
        json.Id(error.Id);
        json.String(",\"code\":"u8, error.Code);
        json.String(",\"message\":"u8, error.Message);
        if (error.Retry)
        {
            json.Raw(",\"retry\":true"u8);
        }

        if (error.RetryAfter > 0)
        {
            json.Number(",\"retryAfter\":"u8, error.RetryAfter);
        }

        if (error.Room is not null)
        {
            json.String(",\"room\":"u8, error.Room);
        }

        return End(ref json);
    }

    private static FrameKind Accepted(ref JsonOutput json, FeedPosition? position, bool duplicate)
    {
        if (position is { } known)
        {
            json.Raw(","u8);
            json.Position(known);
        }

        if (duplicate)
        {
            json.Raw(",\"duplicate\":true"u8);
        }

        return End(ref json);
    }

    private static FrameKind End(ref JsonOutput json)
    {
        json.Raw("}"u8);
        json.Flush();
        return FrameKind.Text;
    }
}
