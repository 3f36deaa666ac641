using System.Text.Json.Serialization;

namespace Switchboard.Testing.Tests.Documented;

[JsonSerializable(typeof(int))]
public sealed partial class CountJson : JsonSerializerContext;
