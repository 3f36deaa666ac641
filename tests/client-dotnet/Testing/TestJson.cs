using System.Text.Json.Serialization;

namespace Switchboard.Client.Tests.Testing;

/// <summary>What source-generated JSON knows of the tests' types.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Point))]
[JsonSerializable(typeof(Status))]
internal sealed partial class TestJson : JsonSerializerContext;
