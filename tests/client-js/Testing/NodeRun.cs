using System.Security.Cryptography;
using System.Text.Json;
using Switchboard.Testing.Programs;

namespace Switchboard.ClientJs.Tests.Testing;

/// <summary>One run of all tests of Node, with the servers that they talk to.</summary>
public sealed class NodeRun : IAsyncLifetime
{
    /// <summary>Of each test that ended, why it failed; null if it did not.</summary>
    public IReadOnlyDictionary<string, string?> Results { get; private set; } = new Dictionary<string, string?>();

    /// <summary>All that it said.</summary>
    public string Output { get; private set; } = string.Empty;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        string secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await using ServerProcess server = await ServerProcess.StartAsync();
        await using ServerProcess strict = await ServerProcess.StartAsync(
            $"--Switchboard:Gateway:Access:Tokens:Keys:0:Secret={secret}",
            "--Switchboard:Gateway:Access:Tokens:Issuers:0=https://id.example",
            "--Switchboard:Gateway:Access:Tokens:Audiences:0=switchboard",
            "--Switchboard:Gateway:Access:Tokens:ClockSkew=00:00:00",
            "--Switchboard:Gateway:Access:Tokens:Grace=00:00:01",
            "--Switchboard:Gateway:Heartbeat:Interval=00:00:01",
            "--Switchboard:Gateway:Heartbeat:Timeout=00:00:01");

        (_, Output) = await ClientFolder.RunAsync("test.mjs", ["--json"], new Dictionary<string, string>
        {
            ["SWITCHBOARD_URL"] = server.Address.ToString(),
            ["SWITCHBOARD_STRICT_URL"] = strict.Address.ToString(),
            ["SWITCHBOARD_TOKEN_SECRET"] = secret,
        });
        Dictionary<string, string?> results = [];
        foreach (string line in Output.Split('\n').Where(static line => line.StartsWith("{\"name\":", StringComparison.Ordinal)))
        {
            JsonElement result = JsonDocument.Parse(line).RootElement;
            results[result.GetProperty("name").GetString()!] =
                result.TryGetProperty("failure", out JsonElement failure) ? failure.GetString() : null;
        }

        Results = results;
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;
}
