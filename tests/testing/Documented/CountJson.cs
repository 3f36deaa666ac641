using System.Text.Json.Serialization;

namespace Counting;

[JsonSerializable(typeof(int))]
public sealed partial class CountJson : JsonSerializerContext;
