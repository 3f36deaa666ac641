using Switchboard.Testing.Programs;

namespace Switchboard.Testing.Tests.Documented;

/// <summary>What the manual shows is what is compiled here.</summary>
public sealed class DocumentedTests
{
    [Theory]
    [InlineData("CounterGrain.cs")]
    [InlineData("CountJson.cs")]
    [InlineData("CounterTests.cs")]
    public void Manual_ShowsTheFile_AsItIsCompiled(string file)
    {
        string shown = $"```csharp\n{Source(file)}```\n";

        Assert.Contains(shown, Manual(), StringComparison.Ordinal);
    }

    [Fact]
    public void Test_OfAGrainWithTwoSilos_TakesLessThanThirtyLines() =>
        Assert.InRange(Source("CounterTests.cs").AsSpan().Count('\n'), 1, 29);

    private static string Manual() => Checkout.Read("docs/testing.md");

    private static string Source(string file) => Checkout.Read($"tests/testing/Documented/{file}");
}
