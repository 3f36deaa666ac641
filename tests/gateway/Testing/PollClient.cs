using System.Net;
using System.Text;
using System.Text.Json;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A client that polls when it is told to, with what it is told to.</summary>
internal sealed class PollClient(GatewayHost host, string user) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = host.Address, Timeout = Limit.Time };

    public HttpClient Http => _http;

    public string Token { get; private set; } = "";

    public string Id { get; private set; } = "";

    public JsonElement Welcome { get; private set; }

    /// <summary>Polls for the first time: a new connection.</summary>
    public async Task<JsonElement> ConnectAsync()
    {
        JsonElement[] events = await PollAsync("{}");
        Welcome = Assert.Single(events);
        Assert.Equal("welcome", Welcome.Type());
        Token = Welcome.Text("resume");
        Id = Welcome.Text("connection");
        return Welcome;
    }

    /// <summary>Polls as the connection that it is.</summary>
    /// <param name="rest">Further fields.</param>
    /// <param name="rooms">The positions of rooms.</param>
    public Task<JsonElement[]> ResumeAsync(string rest = "", string rooms = "{}", CancellationToken aborted = default) =>
        PollAsync(
            $$"""
            {"resume":"{{Token}}","positions":{"user":{{Start("user")}},"connection":{{Start("connection")}},"rooms":{{rooms}} }{{rest}}}
            """,
            aborted);

    /// <summary>Has commands carried out; the answers without the welcome.</summary>
    public async Task<JsonElement[]> AskAsync(params string[] commands) =>
        (await ResumeAsync($""","commands":[{string.Join(',', commands)}]"""))[1..];

    public async Task<JsonElement[]> PollAsync(string body, CancellationToken aborted = default)
    {
        using HttpResponseMessage response = await PostAsync("/fallback/poll", body, aborted);
        string text = await response.Content.ReadAsStringAsync(aborted);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode} {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, CancellationToken aborted = default) =>
        _http.PostAsync($"{path}?user={user}", new StringContent(body, Encoding.UTF8, "application/json"), aborted);

    public void Dispose() => _http.Dispose();

    private string Start(string feed)
    {
        JsonElement start = Welcome.GetProperty("positions").GetProperty(feed);
        return TestClient.Position(start.Text("epoch"), start.Number("offset"));
    }
}
