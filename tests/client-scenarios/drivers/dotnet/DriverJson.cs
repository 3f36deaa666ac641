using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchboard.ScenarioDriver;

/// <summary>What rooms are told, and members' states.</summary>
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class DriverJson : JsonSerializerContext;
