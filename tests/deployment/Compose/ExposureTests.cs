using System.Text.Json.Nodes;
using Switchboard.Deployment.Tests.Testing;
using Switchboard.Gateway;
using Switchboard.Silo;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Compose;

/// <summary>What can be reached from where, and what a container may do.</summary>
public sealed class ExposureTests
{
    private static readonly string[] Sensitive = ["PASSWORD", "SECRET", "TOKEN", "KEY"];

    private readonly ComposeFile _compose = ComposeFile.Read();

    [Fact]
    public void Container_HasNoWayAroundTheNetworksOfTheFile()
    {
        foreach (string name in _compose.All)
        {
            JsonObject service = _compose.Service(name);
            Assert.All(
                new[] { "network_mode", "privileged", "pid", "ipc", "userns_mode", "cap_add", "devices", "extra_hosts" },
                key => Assert.False(service.ContainsKey(key), $"{name} has {key}"));
            Assert.True(name is "nginx" or "grafana" || !service.ContainsKey("ports"), $"{name} publishes a port");
            Assert.DoesNotContain("docker.sock", service.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Database_AndSilos_AreOnTheNetworkThatReachesNothingOutside()
    {
        Assert.All(_compose.Silos.Append("postgres").Append("schema"), name => Assert.Equal(["cluster"], _compose.List(name, "networks")));
        Assert.Equal(["front"], _compose.List("nginx", "networks"));
        Assert.Contains("cluster: {internal: true}", Checkout.Read("docker-compose.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Container_WritesNowhereButToItsTemporaryFolders_AndPostgresToItsData()
    {
        Assert.All(_compose.All, name => Assert.NotEmpty(_compose.List(name, "tmpfs")));
        Assert.Equal(["./deploy:/deploy:ro", "metrics:/prometheus"], _compose.List("prometheus", "volumes"));
        Assert.Equal(["data:/var/lib/postgresql/data"], _compose.List("postgres", "volumes"));
        Assert.All(
            _compose.All.Except(["postgres", "prometheus"]),
            name => Assert.All(_compose.List(name, "volumes"), volume => Assert.EndsWith(":ro", volume, StringComparison.Ordinal)));
    }

    [Fact]
    public void Secret_IsNeverWrittenInTheFile()
    {
        foreach (string name in _compose.All)
        {
            Dictionary<string, string> environment = !_compose.Service(name).ContainsKey("environment") ? [] : _compose.Environment(name);
            Assert.All(
                environment.Where(each => Array.Exists(Sensitive, word => each.Key.Contains(word, StringComparison.OrdinalIgnoreCase))),
                each => Assert.StartsWith("${", each.Value, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Silo_ListensOnLoopbackUnlessItIsGivenAnAddress() => Assert.Equal("127.0.0.1", new SiloSettings().Address);

    [Theory]
    [InlineData("edge/node/Startup.cs")]
    [InlineData("edge/standalone/Startup.cs")]
    public void Edge_ListensOnLoopbackUnlessItIsGivenAnAddress(string startup) =>
        Assert.Contains("DefaultUrl = \"http://127.0.0.1:8080\";", Checkout.Read(startup), StringComparison.Ordinal);

    [Theory]
    [InlineData("cluster.sh")]
    [InlineData("deploy/nodes.sh")]
    [InlineData("deploy/haproxy.cfg")]
    public void Sample_ListensOnLoopbackAlone(string file)
    {
        string text = Checkout.Read(file);

        Assert.DoesNotContain("0.0.0.0", text, StringComparison.Ordinal);
        Assert.DoesNotContain("http://*", text, StringComparison.Ordinal);
        Assert.DoesNotContain("http://+", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_HasNoOtherAddressThanLoopback()
    {
        Assert.Contains("\naddress() { echo 127.0.0.1; }\n", Checkout.Read("cluster.sh"), StringComparison.Ordinal);
        Assert.Contains("\nedge_host=127.0.0.1\n", Checkout.Read("deploy/nodes.sh"), StringComparison.Ordinal);
        Assert.DoesNotContain("edge_host=", Checkout.Read("cluster.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void Edge_TrustsNginxToNameItsClients_AndNginxNamesThem()
    {
        foreach (string edge in _compose.Edges)
        {
            Dictionary<string, string> environment = _compose.Environment(edge);
            Assert.Contains("172.16.0.0/12", environment.Values);
        }

        string template = Checkout.Read("deploy/nginx.conf.template");
        Assert.Contains("proxy_set_header X-Forwarded-For $remote_addr;", template, StringComparison.Ordinal);
        Assert.Equal("X-Forwarded-For", new ProxyOptions().Header);
    }

    [Theory]
    [InlineData("deploy/nginx.conf.template")]
    [InlineData("deploy/haproxy.cfg")]
    public void Proxy_KeepsThePathsOfOperatorsAndServersInside(string file) =>
        Assert.Contains("(api|console|metrics|healthz", Checkout.Read(file), StringComparison.Ordinal);
}
