using System.Text.Json;
using Switchboard.Cli.Output;
using Switchboard.Client;

namespace Switchboard.Cli.Rooms;

/// <summary>For programs: one object with the members, then one for each change.</summary>
internal sealed class JsonPresenceWriter(TextWriter writer) : IPresenceWriter
{
    public void WriteMembers(PresenceSnapshot members) => JsonLine.Write(writer, json =>
    {
        json.WriteString("type", "presence");
        json.WriteNumber("count", members.Count);
        if (members.IsFull)
        {
            Write(json, "members", members.Members);
        }
    });

    public void WriteChange(PresenceChange change) => JsonLine.Write(writer, json =>
    {
        json.WriteString("type", "presence_change");
        json.WriteNumber("count", change.Count);
        Write(json, "joined", change.Joined);
        Write(json, "left", change.Left);
        Write(json, "updated", change.Updated);
    });

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Member> members)
    {
        json.WriteStartArray(name);
        foreach (Member member in members)
        {
            json.WriteStartObject();
            json.WriteString("user", member.User);
            json.WriteString("connection", member.ConnectionId);
            if (!member.State.IsEmpty)
            {
                json.WriteRaw("state", member.State);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
