using System.Xml.Linq;

namespace Switchboard.Architecture.Tests;

/// <summary>Dependencies run one way: what each project may know of is written here, and nothing else is allowed.</summary>
public sealed class DependencyTests
{
    // The folder of a project, and the projects it may reference. Packages and frameworks below.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["protocol"] = [],
        ["core"] = [],
        ["webhooks"] = ["core"],
        ["telemetry"] = [],
        ["hosting"] = ["core"],
        ["edge/gateway"] = ["protocol", "core", "webhooks"],
        ["edge/standalone"] = ["edge/gateway", "core", "protocol", "storage/postgres", "hosting", "telemetry", "webhooks"],
        ["edge/node"] = ["edge/gateway", "grain-interfaces", "core", "protocol", "hosting", "telemetry", "webhooks"],
        ["grain-interfaces"] = ["core"],
        ["grains"] = ["grain-interfaces", "core"],
        ["silo"] = ["grains", "grain-interfaces", "core", "storage/postgres", "hosting", "telemetry", "webhooks"],
        ["storage/postgres"] = ["core"],
        ["testing"] = ["clients/dotnet", "core", "edge/gateway", "edge/node", "grain-interfaces", "grains"],
        ["samples/arena/game"] = ["grains"],
        ["samples/arena/silo"] = ["samples/arena/game", "silo"],
        ["clients/dotnet"] = ["protocol"],
        ["clients/cli"] = ["clients/dotnet"],
        ["samples/console"] = ["clients/dotnet"],
    };

    private static readonly string[] MayKnowOrleans = ["edge/node", "grain-interfaces", "grains", "silo", "testing", "samples/arena/game", "samples/arena/silo"];

    public static TheoryData<string> Projects()
    {
        TheoryData<string> projects = [];
        foreach (string project in Repository.ProjectFolders().Where(folder => !IsTestOrBenchmark(folder)))
        {
            projects.Add(project);
        }

        return projects;
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_OnlyWhatTheDesignAllows(string folder)
    {
        Assert.True(Allowed.TryGetValue(folder, out string[]? allowed), $"{folder} has no place in the design yet");
        Assert.Empty(References(folder).Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_OfTheRules_KnowsNoPackageAndNoFramework(string folder)
    {
        if (folder is not ("protocol" or "core"))
        {
            return;
        }

        XDocument project = Repository.Project(folder);
        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
        Assert.Equal("Microsoft.NET.Sdk", project.Root!.Attribute("Sdk")!.Value);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_OutsideTheCluster_DoesNotKnowOrleans(string folder)
    {
        if (MayKnowOrleans.Contains(folder))
        {
            return;
        }

        Assert.DoesNotContain(
            Repository.Project(folder).Descendants("PackageReference"),
            package => package.Attribute("Include")!.Value.Contains("Orleans", StringComparison.Ordinal));
        Assert.DoesNotContain(Repository.Sources(folder), source => File.ReadAllText(source).Contains("using Orleans", StringComparison.Ordinal));
    }

    [Fact]
    public void Protocol_DoesNoInputOrOutput()
    {
        string[] forbidden = ["System.Net.Sockets", "System.IO.Pipelines", "File.Open", "new HttpClient", "new Thread("];
        Assert.DoesNotContain(
            Repository.Sources("protocol").Concat(Repository.Sources("core")),
            source => forbidden.Any(word => File.ReadAllText(source).Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void Sources_StayShort()
    {
        string[] tooLong =
        [
            .. Repository.ProjectFolders()
                .Where(folder => !IsTestOrBenchmark(folder))
                .SelectMany(Repository.Sources)
                .Where(source => File.ReadLines(source).Count() > 400),
        ];
        Assert.Empty(tooLong);
    }

    private static bool IsTestOrBenchmark(string folder) =>
        folder.StartsWith("tests/", StringComparison.Ordinal) || folder.StartsWith("bench/", StringComparison.Ordinal);

    private static IEnumerable<string> References(string folder) =>
        Repository.Project(folder).Descendants("ProjectReference")
            .Select(reference => Repository.FolderOf(folder, reference.Attribute("Include")!.Value));
}
