using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Webhooks.Notices;

/// <summary>Writes the bodies of notices.</summary>
internal static class NoticeWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(
        WebhookEvent what, DateTimeOffset at, ConnectionId connection, UserName user, DisconnectCause? cause = null)
    {
        ArrayBufferWriter<byte> body = new();
        using Utf8JsonWriter json = Begin(body, what, at);
        json.WriteString("connection", connection.Value);
        json.WriteString("user", user.Value);
        if (cause is { } reason)
        {
            json.WriteString("reason", reason == DisconnectCause.Closed ? "closed" : "expired");
        }

        return End(json, body);
    }

    public static byte[] Write(WebhookEvent what, DateTimeOffset at, RoomName room)
    {
        ArrayBufferWriter<byte> body = new();
        using Utf8JsonWriter json = Begin(body, what, at);
        json.WriteString("room", room.Value);
        return End(json, body);
    }

    private static Utf8JsonWriter Begin(ArrayBufferWriter<byte> body, WebhookEvent what, DateTimeOffset at)
    {
        Utf8JsonWriter json = new(body, Options);
        json.WriteStartObject();
        json.WriteString("type", what.Name());
        json.WriteNumber("time", at.ToUnixTimeMilliseconds());
        return json;
    }

    private static byte[] End(Utf8JsonWriter json, ArrayBufferWriter<byte> body)
    {
        json.WriteEndObject();
        json.Flush();
        return body.WrittenSpan.ToArray();
    }
}
