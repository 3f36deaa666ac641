using System.Text.Json;
using Switchboard.ClientJs.Tests.Testing;

namespace Switchboard.ClientJs.Tests;

/// <summary>The package as it would be published.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task CommittedBundle_IsWhatTheSourcesBuildTo_AndSmallEnough()
    {
        (int exitCode, string output) = await ClientFolder.RunAsync("check.mjs", []);

        Assert.True(exitCode == 0, output);
        Assert.Matches("[0-9]+ bytes, [0-9]+ gzipped, of at most 10240", output);
    }

    [Theory]
    [InlineData("tsconfig.test.json")]
    [InlineData("tsconfig.usage.json")]
    public async Task Types_AreStrict_AndThoseOfThePackageAreEnoughForItsUsers(string project)
    {
        (int exitCode, string output) = await ClientFolder.RunAsync("types.mjs", [project]);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Package_HasNoDependencies_AndNamesNoRegistry()
    {
        string lockFile = File.ReadAllText(Path.Combine(ClientFolder.Path, "package-lock.json"));
        JsonElement package = JsonDocument.Parse(File.ReadAllText(Path.Combine(ClientFolder.Path, "package.json"))).RootElement;

        Assert.False(package.TryGetProperty("dependencies", out _));
        Assert.DoesNotContain("\"resolved\"", lockFile, StringComparison.Ordinal);
    }
}
