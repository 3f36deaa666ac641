using System.Text.Json;

namespace Switchboard.Client.Wire;

/// <summary>Fills in messages: those of events, and those that stand in a history.</summary>
internal sealed class MessageFields
{
    private readonly SenderCache _senders = new();

    public void Fill(Message message, EventReader what, Position position, ReadOnlySpan<byte> data, bool isBinary)
    {
        message.From = _senders.Get(what.FromUser, what.FromConnection);
        message.Position = position;
        message.Time = DateTimeOffset.FromUnixTimeMilliseconds(what.Time);
        message.Delivery = what.Delivery;
        message.Slot = what.Slot.IsEmpty ? null : what.Slot.ToString();
        message.Data = data.ToArray();
        message.IsBinary = isBinary;
    }

    public void Fill(Message message, JsonElement what, ulong epoch)
    {
        if (what.TryGetProperty("from", out JsonElement from))
        {
            message.From = _senders.Get(from.Text("user"), from.Text("connection"));
        }

        message.Position = new Position(epoch, what.Number("offset"));
        message.Time = DateTimeOffset.FromUnixTimeMilliseconds(what.Number("time"));
        message.Slot = what.Text("slot");
        message.Delivery = what.Text("class") switch
        {
            null => Delivery.Reliable,
            "latest" => Delivery.Latest,
            _ => Delivery.Volatile,
        };
        message.IsBinary = what.TryGetProperty("base64", out JsonElement base64);
        message.Data = message.IsBinary
            ? base64.GetBytesFromBase64()
            : what.TryGetProperty("data", out JsonElement data) ? data.Raw() : default;
    }
}
