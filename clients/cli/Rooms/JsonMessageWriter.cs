using System.Text.Json;
using Switchboard.Cli.Output;
using Switchboard.Client;

namespace Switchboard.Cli.Rooms;

/// <summary>For programs: the fields of docs/protocol.md, with the epoch in each.</summary>
internal sealed class JsonMessageWriter(TextWriter writer) : IMessageWriter
{
    public void Write(RoomMessage message) => JsonLine.Write(writer, json =>
    {
        json.WriteString("type", "message");
        json.WriteString("room", message.Room);
        if (!message.Position.IsNone)
        {
            json.WriteString("epoch", message.Position.Epoch);
            json.WriteNumber("offset", message.Position.Offset);
        }

        if (message.From is { } from)
        {
            json.WriteStartObject("from");
            json.WriteString("user", from.User);
            json.WriteString("connection", from.ConnectionId);
            json.WriteEndObject();
        }

        json.WriteNumber("time", message.Time.ToUnixTimeMilliseconds());
        WriteDelivery(json, message);
        if (message.IsBinary)
        {
            json.WriteBase64String("base64", message.Data.Span);
        }
        else
        {
            json.WriteRaw("data", message.Data);
        }
    });

    public void WriteLost(Loss loss) => JsonLine.Write(writer, json =>
    {
        json.WriteString("type", "lost");
        json.WriteString("from", loss.From.ToString());
        json.WriteString("to", loss.To.ToString());
        json.WriteString("reason", loss.Reason);
    });

    private static void WriteDelivery(Utf8JsonWriter json, RoomMessage message)
    {
        switch (message.Delivery)
        {
            case Delivery.Latest:
                json.WriteString("class", "latest");
                json.WriteString("slot", message.Slot);
                break;
            case Delivery.Volatile:
                json.WriteString("class", "volatile");
                break;
        }
    }
}
