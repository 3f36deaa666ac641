using System.Text.Json;
using Switchboard.Faults.Verifying;

namespace Switchboard.ClientScenarios.Tests.Driving;

/// <summary>A line that a driver wrote: what a client told its application, or the answer to a command.</summary>
internal sealed record DriverEvent(JsonElement Body)
{
    /// <summary><c>message</c>, <c>lost</c>, <c>left</c>, <c>state</c>, <c>token</c> or <c>answer</c>.</summary>
    public string Name => Text("event")!;

    /// <summary>The name of the client, within its driver.</summary>
    public string Client => Text("client")!;

    public string? Room => Text("room");

    /// <summary>With <c>message</c> and <c>lost</c>, and in the answers to <c>join</c> and <c>publish</c>.</summary>
    public Position Position => new(
        Convert.ToUInt64(Text("epoch"), 16), Body.GetProperty("offset").GetInt64());

    /// <summary>A field that is a string; null where there is none.</summary>
    public string? Text(string field) => Body.TryGetProperty(field, out JsonElement value) ? value.GetString() : null;

    public long Number(string field) => Body.GetProperty(field).GetInt64();

    public override string ToString() => Body.GetRawText();
}
