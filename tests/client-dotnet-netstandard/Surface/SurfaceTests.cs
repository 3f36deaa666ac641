using System.Reflection;
using System.Runtime.Loader;
using System.Runtime.Versioning;

namespace Switchboard.Client.Tests.Surface;

/// <summary>The client for .NET Standard beside that for .NET.</summary>
public sealed class SurfaceTests
{
    private static readonly Assembly ForNetStandard = typeof(SwitchboardClient).Assembly;

    [Fact]
    public void Tests_RunAgainst_DotNetStandard() =>
        Assert.Equal(".NETStandard,Version=v2.1", ForNetStandard.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName);

    [Fact]
    public void PublicMembers_AreTheSame_ButForTheHandler()
    {
        AssemblyLoadContext context = new("net", isCollectible: true);
        string path = typeof(SurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "ClientForNet").Value!;
        string[] forNet = [.. PublicSurface.Of(context.LoadFromAssemblyPath(Path.GetFullPath(path)))];
        string[] forNetStandard = [.. PublicSurface.Of(ForNetStandard)];
        context.Unload();

        Assert.Empty(forNetStandard.Except(forNet));
        Assert.All(forNet.Except(forNetStandard), line => Assert.Contains("ConfigureHttp", line, StringComparison.Ordinal));
        Assert.Equal(forNetStandard.Length + 3, forNet.Length);
    }

    [Fact]
    public void Options_CanBeMade_ByCompilersThatDontKnowRequiredMembers()
    {
        ConstructorInfo constructor = Assert.Single(
            typeof(SwitchboardClientOptions).GetConstructors(), one => one.GetCustomAttribute<ObsoleteAttribute>() is null);

        Assert.Equal([typeof(Uri)], constructor.GetParameters().Select(parameter => parameter.ParameterType));
    }
}
