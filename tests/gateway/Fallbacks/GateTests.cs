using System.Net;
using System.Text;
using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Fallbacks;

public sealed class GateTests
{
    private static readonly string Long = new('x', 2000);

    public static TheoryData<string, string, int, string> BadBodies() => new()
    {
        { "/poll", "", 400, "not one JSON object" },
        { "/poll", "[]", 400, "not one JSON object" },
        { "/poll", """{"wait":1}x""", 400, "not one JSON object" },
        { "/poll", "{\"a\":" + new string('[', 70) + new string(']', 70) + "}", 400, "nests deeper" },
        { "/poll", """{"resume":1}""", 400, "resume must be a string" },
        { "/poll", """{"resume":"a","resume":"a"}""", 400, "resume is given twice" },
        { "/poll", """{"resume":""}""", 400, "resume" },
        { "/poll", """{"positions":[]}""", 400, "positions must be an object" },
        { "/poll", """{"commands":{}}""", 400, "commands must be an array" },
        { "/poll", """{"commands":[1,2,3,4]}""", 400, "more than 3 commands" },
        { "/poll", """{"wait":26}""", 400, "wait must be at most 25 seconds" },
        { "/poll", """{"wait":-1}""", 400, "wait must be an integer" },
        { "/poll", """{"wait":1.5}""", 400, "wait must be an integer" },
        { "/poll", """{"seq":0}""", 400, "seq must be an integer" },
        { "/poll", """{"close":1}""", 400, "close must be true or false" },
        { "/poll", """{"presence":{"r":"x"}}""", 400, "presence must hold" },
        { "/poll", $$"""{"x":"{{Long}}{{Long}}"}""", 413, "larger than 3000 bytes" },
        { "/poll", $$"""{"commands":["{{Long}}"]}""", 413, "A command is larger than 1024 bytes" },
        { "/sse", "{", 400, "not one JSON object" },
        { "/send", "{", 400, "not one JSON object" },
        { "/send", """{"resume":"a"}""", 400, "resume and seq are required" },
        { "/send", """{"seq":1}""", 400, "resume and seq are required" },
        { "/send", """{"resume":"a","seq":1}""", 404, "The connection is gone" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Body_ThatIsWrong_IsRefusedAsAProblem(string path, string body, int status, string text)
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.MaxMessageBytes = 1024;
            options.Fallbacks.MaxCommands = 3;
            options.Fallbacks.MaxRequestBytes = 3000;
        });
        using PollClient ann = new(host, "ann");

        using HttpResponseMessage response = await ann.PostAsync($"/fallback{path}", body);

        JsonElement problem = await ProblemAsync(response, status);
        Assert.Contains(text, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/fallback/poll", "POST, OPTIONS")]
    [InlineData("DELETE", "/fallback/sse", "GET, POST, OPTIONS")]
    [InlineData("GET", "/fallback/send", "POST, OPTIONS")]
    public async Task Method_OfAnotherKind_IsRefusedWithThoseThatGo(string method, string path, string allowed)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        using HttpResponseMessage response = await AskAsync(host, method, path);

        await ProblemAsync(response, 405);
        Assert.Equal(allowed.Split(", "), response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Path_ThatIsNone_GoesOn()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        using HttpResponseMessage response = await AskAsync(host, "POST", "/fallback/other");

        Assert.Equal("aspnet POST /fallback/other", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Fallbacks_WithoutAPath_AreNotThere()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Fallbacks.Path = null);

        using HttpResponseMessage response = await AskAsync(host, "POST", "/fallback/poll");

        Assert.Equal("aspnet POST /fallback/poll", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Client_WithoutAName_IsUnauthorized()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        using HttpResponseMessage response = await AskAsync(host, "POST", "/fallback/poll");

        JsonElement problem = await ProblemAsync(response, 401);
        Assert.Equal("unauthorized", problem.Text("code"));
    }

    [Theory]
    [InlineData("https://evil.example", null, 403)]
    [InlineData("null", null, 403)]
    [InlineData(null, "cross-site", 403)]
    [InlineData("https://play.example", "cross-site", 401)]
    [InlineData(null, "same-origin", 401)]
    [InlineData(null, null, 401)]
    public async Task Origin_OfAPage_IsJudgedAsForWebSockets(string? origin, string? site, int status)
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            options => options.Access.Origins.Add("https://play.example"));

        using HttpResponseMessage response = await AskAsync(
            host, "POST", "/fallback/poll", ("Origin", origin), ("Sec-Fetch-Site", site));

        await ProblemAsync(response, status);
        bool readable = response.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? allowed);
        Assert.Equal(status == 401 && origin is not null, readable);
        Assert.All(allowed ?? [], value => Assert.Equal(origin, value));
        Assert.Contains("Origin", response.Headers.Vary);
    }

    [Fact]
    public async Task Origin_OfTheSameHost_IsAllowed()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        string origin = $"http://{host.Address.Authority}";

        using HttpResponseMessage response = await AskAsync(host, "POST", "/fallback/poll?user=ann", ("Origin", origin));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([origin], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Preflight_OfAnAllowedPage_IsAnsweredBeforeItIsKnownWhoAsks()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            options => options.Access.Origins.Add("https://play.example"));

        using HttpResponseMessage allowed = await AskAsync(
            host, "OPTIONS", "/fallback/sse", ("Origin", "https://play.example"), ("Access-Control-Request-Method", "POST"));
        using HttpResponseMessage refused = await AskAsync(
            host, "OPTIONS", "/fallback/sse", ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));

        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal(["GET, POST"], allowed.Headers.GetValues("Access-Control-Allow-Methods"));
        Assert.Equal(["Authorization, Content-Type"], allowed.Headers.GetValues("Access-Control-Allow-Headers"));
        Assert.Equal(["true"], allowed.Headers.GetValues("Access-Control-Allow-Credentials"));
        await ProblemAsync(refused, 403);
    }

    [Fact]
    public async Task Host_ThatIsNotServed_IsRefused()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        using HttpResponseMessage response = await AskAsync(
            host, "POST", "/fallback/poll?user=ann", ("Host", "rebound.example"));

        await ProblemAsync(response, 400);
    }

    [Fact]
    public async Task Polls_TooManyAtOnce_AreToldToComeLater()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Fallbacks.MaxRequests = 1);
        using Counters counters = new(host);
        using PollClient ann = new(host, "ann");
        await ann.ConnectAsync();
        Task<JsonElement[]> poll = ann.ResumeAsync(""","wait":25""");
        await host.Backplane.CalledAsync("ResumeAsync");

        using HttpResponseMessage response = await ann.PostAsync("/fallback/poll", "{}");

        await ProblemAsync(response, 429);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal(1, counters["refusals"]);
        await host.AdvanceUntilAsync(poll, TimeSpan.FromSeconds(1));
        await ann.ResumeAsync();
    }

    [Fact]
    public async Task Edge_WithoutRoom_IsUnavailable()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.MaxConnections = 1);
        await using TestClient bob = await host.ConnectAsync("bob");
        using PollClient ann = new(host, "ann");

        using HttpResponseMessage poll = await ann.PostAsync("/fallback/poll", "{}");
        using HttpResponseMessage stream = await ann.PostAsync("/fallback/sse", "{}");

        await ProblemAsync(poll, 503);
        await ProblemAsync(stream, 503);
        Assert.NotNull(poll.Headers.RetryAfter);
    }

    private static async Task<HttpResponseMessage> AskAsync(
        GatewayHost host, string method, string path, params (string Name, string? Value)[] headers)
    {
        using HttpClient http = new() { Timeout = Limit.Time };
        HttpRequestMessage request = new(new HttpMethod(method), new Uri(host.Address, path));
        if (method == "POST")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        foreach ((string name, string? value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.Add(name, value);
        }

        return await http.SendAsync(request);
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, int status)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(status, problem.Number("status"));
        Assert.NotEmpty(problem.Text("title"));
        return problem;
    }
}
