using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Switchboard.Deployment.Tests.Testing;
using Switchboard.Silo;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Compose;

/// <summary>docker-compose.yml, which can't be run everywhere, says the same as cluster.sh, which can.</summary>
public sealed class ComposeFileTests
{
    private const string Completed = "service_completed_successfully";
    private const string Healthy = "service_healthy";

    private readonly ComposeFile _compose = ComposeFile.Read();
    private readonly string _script = Checkout.Read("cluster.sh") + Checkout.Read("deploy/nodes.sh");

    [Fact]
    public void Services_AreThoseOfTheScript()
    {
        string[] expected =
        [
            "postgres", "schema", .. Numbered("silo", ScriptDefault("SILOS")), .. Numbered("edge", ScriptDefault("EDGES")), "nginx",
        ];

        Assert.Equal(expected, _compose.Services);
    }

    [Fact]
    public void Programs_AreThoseOfTheScript_WithTheSameSharedSettings()
    {
        Assert.Contains("deploy/cluster.env", _script, StringComparison.Ordinal);
        Assert.All(_compose.Programs, name => Assert.Equal("deploy/cluster.env", _compose.Text(name, "env_file")));
        Assert.All(_compose.Silos, name => Assert.Equal(_compose.Text("schema", "image"), _compose.Text(name, "image")));
        Assert.All(_compose.Edges, name => Assert.Equal(_compose.Text("edge-1", "image"), _compose.Text(name, "image")));
        Assert.Equal(["schema", "apply"], _compose.List("schema", "command"));
        Assert.Contains("Switchboard.Silo.dll\" schema apply", _script, StringComparison.Ordinal);
        foreach ((string service, string program) in new[] { ("schema", "Switchboard.Silo.dll"), ("edge-1", "Switchboard.Node.dll") })
        {
            JsonObject build = _compose.Service(service)["build"]!.AsObject();
            Assert.Equal(".", build["context"]!.ToString());
            Assert.Contains($"\"dotnet\", \"{program}\"", Checkout.Read(build["dockerfile"]!.ToString()), StringComparison.Ordinal);
            Assert.Contains(program, _script, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Settings_OfTheScript_AreThoseOfTheFile_ButForPorts()
    {
        string[] inFile = [.. _compose.Programs.SelectMany(name => _compose.Environment(name).Keys)];
        IEnumerable<string> inScript = Regex.Matches(_script, "Switchboard__\\w+").Select(match => match.Value).Distinct();

        Assert.Equal(
            ["Switchboard__Silo__GatewayPort", "Switchboard__Silo__SiloPort"], inScript.Except(inFile).Order());
    }

    [Fact]
    public void Silo_IsReachedByItsOwnName_OnOneNetwork()
    {
        foreach (string silo in _compose.Silos)
        {
            Assert.Equal(silo, _compose.Text(silo, "hostname"));
            Assert.Equal(silo, _compose.Environment(silo)["Switchboard__Silo__Address"]);
            Assert.Equal(["cluster"], _compose.List(silo, "networks"));
        }
    }

    [Fact]
    public void Silo_GivesUpAConnectionAsSoonAsInTheTestOfPartitions()
    {
        const string Retries = "net.ipv4.tcp_retries2";

        Assert.All(_compose.Silos, name => Assert.Equal("4", _compose.Service(name)["sysctls"]![Retries]!.ToString()));
        Assert.Contains(
            $"echo 4 >/proc/sys/{Retries.Replace('.', '/')}", Checkout.Read("deploy/partitions.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void Edge_HasANameOfItsOwn()
    {
        Assert.Equal(_compose.Edges, _compose.Edges.Select(edge => _compose.Environment(edge)["Switchboard__Node__Name"]));
    }

    [Fact]
    public void Starts_InOrder()
    {
        Assert.Equal(Healthy, Condition("schema", "postgres"));
        Assert.All(_compose.Silos.Concat(_compose.Edges), name => Assert.Equal(Completed, Condition(name, "schema")));
        Assert.All(_compose.Edges, name => Assert.Equal(Healthy, Condition("nginx", name)));
    }

    [Fact]
    public void Nginx_AloneIsReachedFromOutside_OnLoopbackUnlessToldOtherwise()
    {
        Assert.Equal(["${HTTP_ADDRESS:-127.0.0.1}:${HTTP_PORT:-8080}:8080"], _compose.List("nginx", "ports"));
        Assert.Equal(8080, ScriptDefault("HTTP_PORT"));
        Assert.Equal(["nginx"], _compose.Services.Where(name => _compose.List(name, "ports").Length > 0));
        Assert.Equal(["grafana"], _compose.Watching.Where(name => _compose.List(name, "ports").Length > 0));
        Assert.Equal(["${GRAFANA_ADDRESS:-127.0.0.1}:${GRAFANA_PORT:-3000}:3000"], _compose.List("grafana", "ports"));
    }

    [Fact]
    public void Watching_IsAProfile_ThatOnlyAsks()
    {
        Assert.Equal(["prometheus", "grafana"], _compose.Watching);
        Assert.Equal(_compose.All, [.. _compose.Services, .. _compose.Watching]);
        Assert.Equal(["cluster"], _compose.List("prometheus", "networks"));
        Assert.Contains("--config.file=/deploy/prometheus.yml", _compose.List("prometheus", "command"));
        Assert.Contains("--web.enable-otlp-receiver", _compose.List("prometheus", "command"));
        Assert.Contains("--query.lookback-delta=1m", _compose.List("prometheus", "command"));
        JsonObject grafana = _compose.Service("grafana")["environment"]!.AsObject();
        Assert.Equal("false", grafana["GF_AUTH_BASIC_ENABLED"]!.ToString());
        Assert.Equal("/deploy/grafana/provisioning", grafana["GF_PATHS_PROVISIONING"]!.ToString());
        Assert.Contains("path: /deploy/grafana}", Checkout.Read("deploy/grafana/provisioning/dashboards/switchboard.yml"), StringComparison.Ordinal);
        Assert.Contains("url: http://prometheus:9090", Checkout.Read("deploy/grafana/provisioning/datasources/prometheus.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_ExportNothing_UnlessTold() => Assert.All(
        _compose.Programs,
        name => Assert.Equal("${TELEMETRY_ENDPOINT:-}", _compose.Environment(name)["Switchboard__Telemetry__Endpoint"]));

    [Fact]
    public void Nginx_KnowsAllEdges_ByTheScriptThatTheScriptCalls()
    {
        Assert.Equal(
            ["sh", "/deploy/nginx.sh", "/tmp", "8080", .. _compose.Edges.Select(edge => edge + ":8080")],
            _compose.List("nginx", "entrypoint"));
        Assert.Contains("launch nginx deploy/nginx.sh \"$run\"", _script, StringComparison.Ordinal);
        Assert.Equal(["./deploy:/deploy:ro"], _compose.List("nginx", "volumes"));
    }

    [Fact]
    public void Nginx_HasNoStickySessions()
    {
        string template = Checkout.Read("deploy/nginx.conf.template");

        Assert.DoesNotMatch("(?m)^\\s*(ip_hash|hash|sticky)\\b", template);
        Assert.Contains("proxy_set_header Upgrade $http_upgrade;", template, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_RunsWithoutRightsAndOnAReadOnlyRoot()
    {
        foreach (string name in _compose.All)
        {
            Assert.Equal("true", _compose.Text(name, "read_only"));
            Assert.Equal(["ALL"], _compose.List(name, "cap_drop"));
            Assert.Equal(["no-new-privileges:true"], _compose.List(name, "security_opt"));
        }

        Assert.Equal("postgres", _compose.Text("postgres", "user"));
        Assert.Equal("nginx", _compose.Text("nginx", "user"));
        Assert.Contains("\nUSER $APP_UID\n", Checkout.Read("silo/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("\nUSER $APP_UID\n", Checkout.Read("edge/node/Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void Health_IsAskedWhereTheProgramListens()
    {
        foreach (string name in _compose.Silos)
        {
            Assert.Equal(["CMD", "/app/ready.sh", "9080"], Test(name));
        }

        foreach (string name in _compose.Edges)
        {
            Assert.Equal(["CMD", "/app/ready.sh", "8080"], Test(name));
        }

        Assert.Contains("ASPNETCORE_URLS=http://127.0.0.1:9080\n", Checkout.Read("silo/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_URLS=http://*:8080\n", Checkout.Read("edge/node/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("deploy/ready.sh \"$(health_port", _script, StringComparison.Ordinal);
        Assert.Contains("deploy/ready.sh \"$(edge_port", _script, StringComparison.Ordinal);
    }

    [Fact]
    public void Silo_IsGivenLongerToStopThanItTakes()
    {
        foreach (string silo in _compose.Silos)
        {
            int seconds = int.Parse(_compose.Text(silo, "stop_grace_period")!.TrimEnd('s'), CultureInfo.InvariantCulture);
            Assert.True(seconds > new SiloSettings().StopTimeout.TotalSeconds);
        }
    }

    [Fact]
    public void Password_IsAskedFor_AndWrittenNowhere()
    {
        const string Asked = "${POSTGRES_PASSWORD:?set it to the password that the database is to have}";

        Assert.All(_compose.Programs, name => Assert.Equal(Asked, _compose.Environment(name)["PGPASSWORD"]));
        Assert.Equal(Asked, _compose.Environment("postgres")["POSTGRES_PASSWORD"]);
        Assert.DoesNotContain(";Password=", Checkout.Read("docker-compose.yml"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Password", Checkout.Read("deploy/cluster.env"), StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Numbered(string kind, int count) =>
        Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{kind}-{i}"));

    private int ScriptDefault(string variable) => int.Parse(
        Regex.Match(_script, $"{variable}:-(\\d+)}}").Groups[1].Value, CultureInfo.InvariantCulture);

    private string? Condition(string service, string on) =>
        _compose.Service(service)["depends_on"]?[on]?["condition"]?.ToString();

    private string[] Test(string service) =>
        [.. _compose.Service(service)["healthcheck"]!["test"]!.AsArray().Select(word => word!.ToString())];
}
