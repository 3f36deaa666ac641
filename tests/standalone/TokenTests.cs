using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests;

/// <summary>
/// The running program with authentication on. What npm's jose has made is accepted, over every way in, and each of
/// more than twenty broken ones is refused with a reason of its own; <c>clients/token_client.mjs</c> has them.
/// </summary>
public sealed class TokenTests
{
    [Fact]
    public async Task JoseTokens_AreAcceptedOrRefusedForTheirReasonAndNeverLogged()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("switchboard-tokens-");
        try
        {
            await ForeignProgram.RunAsync("node", ForeignProgram.PathOf("token_client.mjs"), "keys", folder.FullName);
            await using ServerProcess server = await ServerProcess.StartAsync(
                $"--Switchboard:Gateway:Access:Tokens:Jwks:File={folder.FullName}/jwks.json",
                "--Switchboard:Gateway:Access:Tokens:Issuers:0=https://id.example",
                "--Switchboard:Gateway:Access:Tokens:Audiences:0=switchboard",
                "--Switchboard:Gateway:Access:Rules:0:Rooms=lob*",
                "--Switchboard:Gateway:Access:Rules:0:Allow:0=Join",
                "--Switchboard:Gateway:Access:Rules:0:Claim=aud=else",
                "--Logging:LogLevel:Default=Trace",
                "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
                "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Trace");

            await ForeignProgram.RunAsync(
                "node", ForeignProgram.PathOf("token_client.mjs"), "run", folder.FullName, server.WebSocketAddress.ToString().TrimEnd('/'));
            Assert.Equal(0, await server.StopAsync());

            // The log is there, and in it no token and no part of one that says something.
            Assert.Contains("Microsoft.AspNetCore", server.Output, StringComparison.Ordinal);
            string[] tokens = await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "tokens.txt"));
            Assert.True(tokens.Length > 20);
            Assert.All(
                tokens.SelectMany(static token => token.Split('.').Where(static part => part.Length > 20)).Distinct(),
                part => Assert.DoesNotContain(part, server.Output, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Logging:Console:LogLevel:Default")]
    [InlineData("Logging:Console:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics")]
    public async Task Query_IsNeverLogged(string level)
    {
        await using ServerProcess server = await ServerProcess.StartAsync($"--{level}=Trace");
        using HttpClient http = new() { BaseAddress = server.Address };

        Assert.Equal("ok", await http.GetStringAsync("/healthz?token=hush-hush"));
        Assert.Equal(0, await server.StopAsync());

        Assert.DoesNotContain("hush-hush", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewApiKey_IsPrintedWithItsHashAndNothingIsStarted()
    {
        (int exitCode, string output) = await ServerProcess.RunAsync("--new-api-key");

        Assert.Equal(0, exitCode);
        Assert.Matches("^key  sbk_[A-Za-z0-9_-]{43}\\s+hash [0-9a-f]{64}\\s*$", output);
    }

    [Theory]
    [InlineData("Tokens:Keys:0:Secret=c2hvcnQ=", "an HS256 secret must have at least 32 bytes")]
    [InlineData("Tokens:Jwks:File=/nowhere", "name Issuers and Audiences")]
    [InlineData("Tokens:ClockSkew=01:00:00", "Access.Tokens.ClockSkew must be")]
    [InlineData("ApiKeys:0:Name=a", "Access.ApiKeys:0.Hash must be 64 hexadecimal digits")]
    [InlineData("Rules:0:Rooms=*", "Access.Rules:0.Allow must name some of")]
    public async Task Setting_ThatIsWrong_StopsTheStartWithALineThatNamesIt(string setting, string says)
    {
        (int exitCode, string output) = await ServerProcess.RunAsync(
            "--urls", "http://127.0.0.1:0", $"--Switchboard:Gateway:Access:{setting}");

        Assert.Equal(1, exitCode);
        string line = output.Split('\n').Single(line => line.StartsWith("switchboard could not start:", StringComparison.Ordinal));
        Assert.Contains(says, line, StringComparison.Ordinal);
    }
}
