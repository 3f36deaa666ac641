using System.Buffers;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Writes the answer to history.</summary>
internal static class JsonHistoryEncoder
{
    private const int SizeHint = 1024;

    public static FrameKind Encode(IBufferWriter<byte> output, in HistoryEvent history)
    {
        var json = new JsonOutput(output, SizeHint);
        json.Raw("{\"type\":\"history\""u8);
        json.Id(history.Id);
        json.Raw(","u8);
        json.Feed(history.Feed);
        json.Raw(","u8);
        json.Position(history.Head);
        json.Raw(",\"messages\":["u8);
        for (int i = 0; i < history.Messages.Count; i++)
        {
            json.Raw(i == 0 ? "{"u8 : ",{"u8);
            FeedMessage message = history.Messages[i];
            JsonMessageEncoder.Body(ref json, message);
            Data(ref json, message);
            json.Raw("}"u8);
        }

        json.Raw("],\"more\":"u8);
        json.Raw(history.More ? "true}"u8 : "false}"u8);
        json.Flush();
        return FrameKind.Text;
    }

    private static void Data(ref JsonOutput json, in FeedMessage message)
    {
        if (message.DataKind == DataKind.Json)
        {
            json.Raw(",\"data\":"u8);
            json.Raw(message.Data.Span);
            return;
        }

        json.Raw(",\"base64\":\""u8);
        json.Base64(message.Data.Span);
        json.Raw("\""u8);
    }
}
