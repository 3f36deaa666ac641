using System.Net;
using System.Text.RegularExpressions;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Gateway.Pages;
using Switchboard.Gateway.Tests.Api;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Pages;

public sealed partial class ConsoleTests
{
    private const string Ban = """{"user":"ann"}""";

    [Fact]
    public async Task Console_InDevelopment_IsThere()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        foreach (string path in new[] { "/console", "/console/" })
        {
            (HttpStatusCode status, string text, _) = await GetAsync(host, path);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains("id=\"place\"", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ApiKeyRole.Read, false)]
    [InlineData(ApiKeyRole.Admin, true)]
    public async Task Console_WithKeys_IsOnWhereOneIsAnAdmins(ApiKeyRole role, bool isOn)
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Access.ApiKeys.Add(
            new ApiKeyOptions { Name = "one", Hash = ApiKey.Create(new CryptoRandomSource()).Hash, Roles = [role] }));

        (HttpStatusCode status, string text, _) = await GetAsync(host, "/console");

        Assert.Equal(isOn ? HttpStatusCode.OK : HttpStatusCode.Forbidden, status);
        Assert.Equal(!isOn, text.Contains("The console is off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Console_WithoutKeysOrDevelopment_SaysHowToTurnItOn()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Access.DevelopmentIdentity = DevelopmentIdentity.Never);

        (HttpStatusCode status, string text, _) = await GetAsync(host, "/console");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("--new-api-key", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/console", true)]
    [InlineData("/console/app.js", true)]
    [InlineData("/console", false)]
    public async Task Console_TurnedOffOrElsewhere_IsNotThere(string path, bool byPort)
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Api.Console = byPort;
            options.Api.Url = byPort ? "http://127.0.0.1:1" : null;
        });

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(host, path)).Status);
    }

    [Fact]
    public async Task Console_EveryFile_AllowsNothingButItsOwnFiles()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        foreach (string path in new[] { "/console", "/console/app.js", "/console/style.css", "/console/icon.svg" })
        {
            (_, _, HttpResponseMessage response) = await GetAsync(host, path);

            string policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(host, "/console/nothing.js")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(host, "/console/..%2Fopenapi.json")).Status);
    }

    [Fact]
    public async Task Console_EveryReference_IsServedAndNothingIsInline()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        Queue<string> waiting = new(["/console", "/console/off.html"]);
        HashSet<string> seen = [.. waiting];
        while (waiting.TryDequeue(out string? path))
        {
            (HttpStatusCode status, string text, _) = await GetAsync(host, path);
            Assert.True(status == (path.EndsWith("off.html", StringComparison.Ordinal) ? HttpStatusCode.Forbidden : HttpStatusCode.OK), path);
            Assert.DoesNotMatch(Inline(), text);
            foreach (Match reference in Reference().Matches(text))
            {
                string found = reference.Groups[1].Value.Replace("./", "/console/", StringComparison.Ordinal);
                if (seen.Add(found))
                {
                    waiting.Enqueue(found);
                }
            }
        }

        Assert.True(seen.Count > 20, string.Join(' ', seen));
    }

    [Fact]
    public async Task WithoutKeys_OurOwnPage_MayUseTheApiAndNoOther()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        string own = api.Gateway.Address.ToString().TrimEnd('/');

        await ApiHost.OkAsync(api.PostAsync("unban", Ban, request => request.Headers.Add("Origin", own)));
        foreach (string origin in new[] { "null", "http://127.0.0.1:1", own.Replace("http:", "https:", StringComparison.Ordinal), own + ".evil.example" })
        {
            await ApiHost.FailsAsync(api.PostAsync("unban", Ban, request => request.Headers.Add("Origin", origin)), 401, "unauthorized");
        }
    }

    [Fact]
    public void Files_Known_HaveATypeEach() => Assert.Equal("text/javascript; charset=utf-8", ConsoleFiles.Find("app.js")!.ContentType);

    private static async Task<(HttpStatusCode Status, string Text, HttpResponseMessage Response)> GetAsync(GatewayHost host, string path)
    {
        using HttpClient http = new();
        HttpResponseMessage response = await http.GetAsync(new Uri(host.Address, path), Limit.Token());
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Limit.Token()), response);
    }

    // What HTML loads, and what a module imports.
    [GeneratedRegex("""(?:src|href|from) ?=?"((?:/console/|\./)[a-z]+\.[a-z]+)""")]
    private static partial Regex Reference();

    // Scripts, handlers and styles within HTML; text that becomes HTML.
    [GeneratedRegex("""<script(?! type="module" src=)|<style|\sstyle="|\son[a-z]+="|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(""")]
    private static partial Regex Inline();
}
