using System.Text.Json;
using Switchboard.Client.Session;

namespace Switchboard.Client.Wire;

/// <summary>Writes publish and send up to their payload.</summary>
/// <param name="keys">What generated keys begin with: random, so that no two clients have the same.</param>
internal sealed class MessageCommands(string keys)
{
    /// <summary>Begins a message; what it returns writes the payload.</summary>
    public Utf8JsonWriter Begin(CommandWriter writer, PendingPublish message, in Receiver to, PublishOptions options)
    {
        Utf8JsonWriter json = writer.Begin(
            message.Body, to.Room is null ? "send"u8 : "publish"u8, message.Id, message.IsBinary);
        if (to.Room is not null)
        {
            json.WriteString("room"u8, to.Room.EncodedName);
        }
        else
        {
            json.WriteString(to.IsConnection ? "connection"u8 : "user"u8, to.Name);
        }

        WriteClass(json, options);
        WriteKey(json, message.Id, options);
        if (!options.Echo)
        {
            json.WriteBoolean("echo"u8, false);
        }

        return json;
    }

    private static void WriteClass(Utf8JsonWriter json, PublishOptions options)
    {
        if (options.Delivery == Delivery.Latest)
        {
            json.WriteString("class"u8, "latest"u8);
            json.WriteString("slot"u8, options.Slot);
        }
        else if (options.Delivery == Delivery.Volatile)
        {
            json.WriteString("class"u8, "volatile"u8);
        }
    }

    private void WriteKey(Utf8JsonWriter json, long id, PublishOptions options)
    {
        if (options.Key is not null)
        {
            json.WriteString("key"u8, options.Key);
        }
        else if (options.Delivery == Delivery.Reliable)
        {
            // The id counts up for as long as the client lives, whatever connection it has.
            Span<char> key = stackalloc char[64];
            keys.CopyTo(key);
            id.TryFormat(key[keys.Length..], out int digits, provider: System.Globalization.CultureInfo.InvariantCulture);
            json.WriteString("key"u8, key[..(keys.Length + digits)]);
        }
    }
}
