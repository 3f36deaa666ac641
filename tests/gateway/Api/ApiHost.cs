using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Api;

/// <summary>A gateway with its API, and short ways to ask it.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly HttpClient _http;

    private ApiHost(GatewayHost gateway)
    {
        Gateway = gateway;
        _http = new HttpClient { BaseAddress = new Uri(gateway.Address, "/api/v1/") };
    }

    public GatewayHost Gateway { get; }

    public static async Task<ApiHost> StartAsync(Action<GatewayOptions>? configure = null) =>
        new(await GatewayHost.StartAsync(configure));

    /// <summary>Sends a command; the answer's status and body, undefined where there is none.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(
        string path, string body, Action<HttpRequestMessage>? change = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        return await SendAsync(request, change);
    }

    /// <summary>Asks; the answer's status and body.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path, Action<HttpRequestMessage>? change = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        return await SendAsync(request, change);
    }

    /// <summary>What must succeed.</summary>
    public static async Task<JsonElement> OkAsync(Task<(HttpStatusCode Status, JsonElement Body)> call)
    {
        (HttpStatusCode status, JsonElement body) = await call;
        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.NoContent, $"{status}: {body}");
        return body;
    }

    /// <summary>What must fail, with this status and code.</summary>
    public static async Task FailsAsync(Task<(HttpStatusCode Status, JsonElement Body)> call, int expected, string code)
    {
        (HttpStatusCode status, JsonElement body) = await call;
        Assert.True((int)status == expected && body.Text("code") == code, $"expected {expected} {code}, got {status}: {body}");
        Assert.Equal((expected, $"urn:switchboard:problem:{code}"), ((int)body.Number("status"), body.Text("type")));
        Assert.NotEmpty(body.Text("detail"));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Gateway.DisposeAsync();
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        HttpRequestMessage request, Action<HttpRequestMessage>? change)
    {
        change?.Invoke(request);
        using HttpResponseMessage response = await _http.SendAsync(request, Limit.Token());
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(Limit.Token());
        MediaTypeHeaderValue? type = response.Content.Headers.ContentType;
        Assert.Equal(
            bytes.Length == 0 ? null : response.IsSuccessStatusCode ? "application/json" : "application/problem+json",
            type?.MediaType);
        return (response.StatusCode, bytes.Length == 0 ? default : JsonDocument.Parse(bytes).RootElement);
    }
}
