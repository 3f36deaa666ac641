using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchboard.ScenarioDriver;

/// <summary>Writes one event a line.</summary>
internal sealed class EventWriter(TextWriter output)
{
    private readonly Lock _lock = new();

    public void Write(string name, string client, JsonObject fields)
    {
        fields["event"] = name;
        fields["client"] = client;
        string line = fields.ToJsonString(JsonSerializerOptions.Web);
        lock (_lock)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
