using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Switchboard.Core.Feeds;

namespace Switchboard.Webhooks.Questions;

/// <summary>Writes the bodies of questions.</summary>
internal static class QuestionWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(in ConnectFacts facts, DateTimeOffset at)
    {
        ArrayBufferWriter<byte> body = new();
        using Utf8JsonWriter json = Begin(body, WebhookEvent.Connect, at);
        if (facts.User is { } user)
        {
            json.WriteString("user", user.Value);
        }

        json.WriteBoolean("resume", facts.Resumes);
        if (facts.Query is not null)
        {
            json.WriteString("query", facts.Query);
        }

        if (facts.Token is not null)
        {
            json.WriteString("token", facts.Token);
        }

        if (facts.Headers is { Count: > 0 })
        {
            json.WriteStartObject("headers");
            foreach ((string name, string value) in facts.Headers)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return End(json, body);
    }

    public static byte[] Write(string room, in Publication publication, DateTimeOffset at)
    {
        ArrayBufferWriter<byte> body = new(publication.Payload.Length + 256);
        using Utf8JsonWriter json = Begin(body, WebhookEvent.Publish, at);
        json.WriteString("room", room);
        if (publication.Sender is { } sender)
        {
            json.WriteStartObject("from");
            json.WriteString("user", sender.User.Value);
            json.WriteString("connection", sender.Connection.Value);
            json.WriteEndObject();
        }

        if (publication.Class != DeliveryClass.Reliable)
        {
            json.WriteString("class", publication.Class == DeliveryClass.Latest ? "latest" : "volatile");
        }

        if (publication.Slot is not null)
        {
            json.WriteString("slot", publication.Slot);
        }

        if (publication.Key is not null)
        {
            json.WriteString("key", publication.Key);
        }

        if (publication.PayloadKind == PayloadKind.Json)
        {
            // Checked when the command was read.
            json.WritePropertyName("data");
            json.WriteRawValue(publication.Payload.Span, skipInputValidation: true);
        }
        else
        {
            json.WriteBase64String("binary", publication.Payload.Span);
        }

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
