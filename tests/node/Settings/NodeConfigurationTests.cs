using Microsoft.Extensions.Configuration;
using Switchboard.Node.Settings;
using Switchboard.Webhooks;

namespace Switchboard.Node.Tests.Settings;

public sealed class NodeConfigurationTests
{
    private const string Database = "Host=db;Port=5433;Database=sb;Username=u;Password=hush";

    [Fact]
    public void Nothing_IsOneSiloOnThisMachine()
    {
        NodeConfiguration settings = Read();

        Assert.Equal("127.0.0.1:30000", settings.Cluster.Place);
        Assert.Equal(("switchboard", "switchboard"), (settings.Cluster.ClusterId, settings.Cluster.ServiceId));
        Assert.Equal((TimeSpan.FromSeconds(10), 100, 1024), (settings.Facts.Grace, settings.Facts.MaxRooms, settings.Facts.MaxStateBytes));
    }

    [Fact]
    public void Gateways_ArePortsOrEndpoints()
    {
        NodeConfiguration settings = Read(("Cluster:Gateways:0", "30001"), ("Cluster:Gateways:1", "10.0.0.2:30002"));

        Assert.Equal("127.0.0.1:30001, 10.0.0.2:30002", settings.Cluster.Place);
    }

    [Fact]
    public void Database_IsNamedWithoutItsPassword()
    {
        Assert.Equal("PostgreSQL db:5433/sb", Read(("Cluster:ConnectionString", Database)).Cluster.Place);
    }

    [Fact]
    public void Webhooks_AreReadAsTheSilosReadThem()
    {
        WebhookOptions webhooks = new();
        Read(("Webhooks:Endpoints:0:Url", "https://app.example.com/"), ("Webhooks:Endpoints:0:Events:0", "publish")).Configure(webhooks);

        Assert.Equal([WebhookEvent.Publish], Assert.Single(webhooks.Endpoints).Events);
        Assert.ThrowsAny<InvalidOperationException>(() => Read(("Webhooks:Endpoint", "x")).Configure(new WebhookOptions()));
    }

    [Fact]
    public void Backplane_IsReadAsTheSilosReadIt()
    {
        NodeConfiguration settings = Read(
            ("Backplane:Connections:Grace", "00:00:30"),
            ("Backplane:Rooms:Default:MaxStateBytes", "2048"),
            ("Backplane:Rooms:Default:Durable", "true"));

        Assert.Equal((TimeSpan.FromSeconds(30), 2048), (settings.Facts.Grace, settings.Facts.MaxStateBytes));
    }

    [Theory]
    [InlineData("Gatway:Path", "/ws", "Switchboard:Gatway")]
    [InlineData("Cluster:Id", "x", "Id")]
    [InlineData("Node:Nmae", "x", "Nmae")]
    [InlineData("Backplane:Rooms:Default:Members", "5", "Members")]
    [InlineData("Backplane:Connections:MaxRooms", "0", "Switchboard:Backplane:Connections.MaxRooms must be")]
    [InlineData("Cluster:ClusterId", "", "Switchboard:Cluster:ClusterId must not be empty")]
    [InlineData("Cluster:ServiceId", " ", "Switchboard:Cluster:ServiceId must not be empty")]
    [InlineData("Cluster:Gateways:0", "here", "Switchboard:Cluster:Gateways must be ports")]
    [InlineData("Cluster:Gateways:0", "0", "Switchboard:Cluster:Gateways must be ports")]
    [InlineData("Cluster:ConnectionString", "Pasword=hush", "Switchboard:Cluster:ConnectionString can't be read")]
    [InlineData("Cluster:ConnectionString", "Port=hush;Host=x;Database=y", "Switchboard:Cluster:ConnectionString can't be read")]
    [InlineData("Cluster:ConnectionString", "hush", "Switchboard:Cluster:ConnectionString can't be read")]
    [InlineData("Cluster:ConnectionString", "Host=x", "Switchboard:Cluster:ConnectionString can't be read")]
    public void Setting_ThatIsWrong_IsRefusedByItsName(string name, string value, string says)
    {
        InvalidOperationException problem = Assert.Throws<InvalidOperationException>(() => Read((name, value)));

        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Database_WithAListOfGateways_IsRefused()
    {
        Assert.Throws<InvalidOperationException>(() => Read(("Cluster:ConnectionString", Database), ("Cluster:Gateways:0", "1")));
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:8081", ":8081")]
    [InlineData("urls", "http://*:8082/;https://*:8443", ":8082")]
    [InlineData("http_ports", "8083", ":8083")]
    [InlineData("Kestrel:Endpoints:Main:Url", "https://[::]:8444", ":8444")]
    public void Name_ThatIsNotGiven_IsTheMachinesWithThePort(string key, string value, string port)
    {
        IConfiguration configuration = Configuration((key, value));

        Assert.Equal(Environment.MachineName + port, ListenAddress.NameOf(configuration));
    }

    [Fact]
    public void Name_WithoutAPort_IsTheProcesses()
    {
        string name = ListenAddress.NameOf(Configuration(("urls", "http://127.0.0.1:0")));

        Assert.Equal($"{Environment.MachineName}#{Environment.ProcessId}", name);
    }

    private static NodeConfiguration Read(params (string Name, string Value)[] settings) => NodeConfiguration.Read(
        Configuration([.. settings.Select(static setting => ($"Switchboard:{setting.Name}", setting.Value))])
            .GetSection("Switchboard"));

    private static IConfigurationRoot Configuration(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build();
}
