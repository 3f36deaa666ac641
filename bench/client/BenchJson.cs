using System.Text.Json.Serialization;

namespace Switchboard.Client.Bench;

/// <summary>What source-generated JSON knows of the payload.</summary>
[JsonSerializable(typeof(Point))]
internal sealed partial class BenchJson : JsonSerializerContext;
