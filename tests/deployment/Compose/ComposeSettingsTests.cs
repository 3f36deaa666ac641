using Microsoft.Extensions.Configuration;
using Switchboard.Deployment.Tests.Testing;
using Switchboard.Gateway;
using Switchboard.Node.Settings;

namespace Switchboard.Deployment.Tests.Compose;

/// <summary>The programs, which refuse names that they do not know, accept what the compose file gives them.</summary>
public sealed class ComposeSettingsTests
{
    private readonly ComposeFile _compose = ComposeFile.Read();

    [Fact]
    public void Silo_AcceptsEverySetting()
    {
        foreach (string name in _compose.Silos.Append("schema"))
        {
            Silo.Settings settings = Silo.Settings.Read(Section(name));

            Assert.True(settings.Backplane.NeedsStore);
        }
    }

    [Fact]
    public void Edge_AcceptsEverySetting()
    {
        foreach (string name in _compose.Edges)
        {
            NodeConfiguration settings = NodeConfiguration.Read(Section(name));
            GatewayOptions gateway = new();
            settings.Configure(gateway);

            Assert.True(settings.Cluster.UsesDatabase);
            Assert.Equal(["127.0.0.1", "localhost"], gateway.Access.Hosts);
        }
    }

    [Fact]
    public void Setting_OfEitherProgram_IsInASectionThatBothKnow()
    {
        foreach (string name in _compose.Programs)
        {
            Silo.Settings.Read(Section(name));
            NodeConfiguration.Read(Section(name));
        }
    }

    private IConfigurationSection Section(string service) => new ConfigurationBuilder()
        .AddInMemoryCollection(_compose.Unset(service)
            .Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)))
        .Build()
        .GetSection("Switchboard");
}
