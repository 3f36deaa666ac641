using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Testing;

/// <summary>docker-compose.yml, with anchors and merges resolved. Needs Debian's package python3-yaml.</summary>
internal sealed class ComposeFile
{
    private const string ToJson = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)";

    private readonly JsonObject _services;

    private ComposeFile(JsonObject file)
    {
        _services = file["services"]!.AsObject();
    }

    /// <summary>The services that run without a profile.</summary>
    public IReadOnlyList<string> Services => [.. All.Where(name => !Service(name).ContainsKey("profiles"))];

    /// <summary>The services of the profile that watches the others.</summary>
    public IReadOnlyList<string> Watching => [.. All.Where(name => List(name, "profiles") is ["observability"])];

    public IReadOnlyList<string> All => [.. _services.Select(service => service.Key)];

    public IReadOnlyList<string> Silos => [.. Services.Where(name => name.StartsWith("silo-", StringComparison.Ordinal))];

    public IReadOnlyList<string> Edges => [.. Services.Where(name => name.StartsWith("edge-", StringComparison.Ordinal))];

    /// <summary>The services that run our programs.</summary>
    public IReadOnlyList<string> Programs => ["schema", .. Silos, .. Edges];

    public static ComposeFile Read()
    {
        ProcessStartInfo start = new("/usr/bin/python3", ["-c", ToJson])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process python = Process.Start(start)!;
        python.StandardInput.Write(Checkout.Read("docker-compose.yml"));
        python.StandardInput.Close();
        string json = python.StandardOutput.ReadToEnd();
        string errors = python.StandardError.ReadToEnd();
        python.WaitForExit();
        return python.ExitCode == 0
            ? new ComposeFile(JsonNode.Parse(json)!.AsObject())
            : throw new InvalidOperationException($"docker-compose.yml can't be read; is python3-yaml installed?\n{errors}");
    }

    public JsonObject Service(string name) => _services[name]!.AsObject();

    /// <summary>A list of words, or the names of an object.</summary>
    public string[] List(string service, string key) => Service(service)[key] switch
    {
        JsonArray array => [.. array.Select(item => item!.ToString())],
        JsonObject map => [.. map.Select(item => item.Key)],
        null => [],
        var text => [text.ToString()],
    };

    public string? Text(string service, string key) => Service(service)[key]?.ToString();

    /// <summary>What a program of a service finds in its environment: from its file first, then its own.</summary>
    public Dictionary<string, string> Environment(string service)
    {
        Dictionary<string, string> all = List(service, "env_file").SelectMany(ReadEnvironment).ToDictionary();
        foreach ((string name, JsonNode? value) in Service(service)["environment"]!.AsObject())
        {
            all[name] = value!.ToString();
        }

        return all;
    }

    /// <summary>The same where no variable is set that has a default.</summary>
    public Dictionary<string, string> Unset(string service) => Environment(service).ToDictionary(
        each => each.Key, each => Regex.Replace(each.Value, @"\$\{\w+:-([^}]*)\}", "$1"));

    private static IEnumerable<KeyValuePair<string, string>> ReadEnvironment(string file) =>
        Checkout.Read(file).Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], pair[1]));
}
