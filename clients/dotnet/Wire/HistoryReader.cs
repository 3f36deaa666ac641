using System.Text.Json;

namespace Switchboard.Client.Wire;

/// <summary>Reads pages of histories, and presences that were asked for.</summary>
internal static class HistoryReader
{
    public static HistoryPage<T> Read<T>(ReadOnlyMemory<byte> raw, Func<T> create)
        where T : Message
    {
        using JsonDocument document = JsonDocument.Parse(raw);
        JsonElement page = document.RootElement;
        Position newest = page.ReadPosition();
        MessageFields fields = new();
        List<T> messages = [];
        foreach (JsonElement item in page.Items("messages"))
        {
            T message = create();
            fields.Fill(message, item, newest.Life);
            messages.Add(message);
        }

        return new HistoryPage<T>(newest, messages, page.Flag("more") == true);
    }

    public static PresenceSnapshot ReadPresence(ReadOnlyMemory<byte> raw)
    {
        using JsonDocument document = JsonDocument.Parse(raw);
        JsonElement presence = document.RootElement;
        return new PresenceSnapshot(
            presence.Text("mode") == "full",
            (int)presence.Number("count"),
            [.. presence.Items("members").Select(static member => member.ReadMember())]);
    }
}
