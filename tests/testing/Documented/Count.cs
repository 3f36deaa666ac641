using Orleans;

namespace Switchboard.Testing.Tests.Documented;

[GenerateSerializer, Alias("tests.count")]
public sealed class Count
{
    [Id(0)]
    public int Value { get; set; }
}
