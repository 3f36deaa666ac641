using System.Xml.Linq;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Compose;

/// <summary>.dockerignore lets in what the images are built from.</summary>
public sealed class BuildContextTests
{
    [Theory]
    [InlineData("silo/Switchboard.Silo.csproj")]
    [InlineData("edge/node/Switchboard.Node.csproj")]
    public void Image_FindsEveryProjectThatItIsBuiltFrom(string project)
    {
        string[] allowed = [.. Checkout.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..])];
        HashSet<string> projects = [];
        Collect(Checkout.PathOf(project), projects);

        Assert.True(projects.Count > 3);
        Assert.Empty(projects.Select(file => Path.GetRelativePath(Checkout.Root, file).Split('/')[0]).Distinct().Except(allowed));
        Assert.Contains("deploy", allowed);
        Assert.Contains("*.props", allowed);
    }

    private static void Collect(string project, HashSet<string> projects)
    {
        if (!projects.Add(project))
        {
            return;
        }

        foreach (XElement reference in XDocument.Load(project).Descendants("ProjectReference"))
        {
            Collect(Path.GetFullPath(reference.Attribute("Include")!.Value, Path.GetDirectoryName(project)!), projects);
        }
    }
}
