using System.Text.Json.Serialization;

namespace Switchboard.Arena;

/// <summary>What goes over the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ArenaView))]
[JsonSerializable(typeof(Steering))]
public sealed partial class ArenaJson : JsonSerializerContext;
