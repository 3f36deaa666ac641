using System.Text.Json;
using Switchboard.Client.Session;

namespace Switchboard.Client.Transports;

/// <summary>What stands for a close frame where there is no WebSocket.</summary>
internal static class ClosedEvent
{
    /// <summary>Reads it; null where the event is another.</summary>
    public static LinkEnd? TryRead(ReadOnlySpan<byte> message)
    {
        if (!message.StartsWith("{\"type\":\"closed\""u8))
        {
            return null;
        }

        int code = LinkEnd.Abnormal;
        string reason = string.Empty;
        Utf8JsonReader reader = new(message);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isCode = reader.ValueTextEquals("code"u8);
            bool isReason = reader.ValueTextEquals("reason"u8);
            reader.Read();
            code = isCode ? reader.GetInt32() : code;
            reason = isReason ? reader.GetString()! : reason;
            reader.Skip();
        }

        return new LinkEnd(code, reason);
    }
}
