using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Switchboard.Core.Tests.Testing;
using Switchboard.Gateway.Tests.Identity.Tokens;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A gateway with authentication on, and clients with tokens. No heartbeat: tests let much time pass at once.</summary>
internal static class TokenHost
{
    /// <summary>Everything in every room.</summary>
    public const string Everything =
        """{"rooms":"*","allow":["join","publish","presence","history"]},{"users":"*","allow":["send"]}""";

    public static Task<GatewayHost> StartAsync(
        Action<AccessOptions>? configure = null, Action<WebApplicationBuilder>? build = null) => GatewayHost.StartAsync(
        options =>
        {
            options.Heartbeat.Interval = TimeSpan.FromHours(1);
            options.Heartbeat.Timeout = TimeSpan.FromHours(1);
            options.Access.Tokens.Keys.Add(TestTokens.SecretOptions);
            configure?.Invoke(options.Access);
        },
        build: build);

    /// <summary>A token of a user, that expires so many seconds after the start of the test's clock.</summary>
    public static string Token(string user, string caps = Everything, int seconds = 3600) => TestTokens.Hmac(
        $$$"""{"sub":"{{{user}}}","exp":{{{Exp(seconds)}}},"switchboard":{"caps":[{{{caps}}}]}}""");

    /// <summary>A token for one room.</summary>
    public static string RoomToken(string room, string allow, int seconds = 3600) =>
        TestTokens.Hmac($$"""{"room":"{{room}}","exp":{{Exp(seconds)}},"allow":[{{allow}}]}""");

    /// <summary>Opens a WebSocket with a query of its own.</summary>
    public static async Task<TestClient> ClientWithAsync(
        this GatewayHost host, string query, string? authorization, Action<ClientWebSocketOptions>? configure = null) =>
        new(await host.OpenAsync($"/ws{query}", options =>
        {
            options.AddSubProtocol("switchboard.v1.json");
            configure?.Invoke(options);
            if (authorization is not null)
            {
                options.SetRequestHeader("Authorization", authorization);
            }
        }));

    /// <summary>Opens a WebSocket with a token, and connects.</summary>
    public static async Task<TestClient> ConnectWithAsync(this GatewayHost host, string token)
    {
        TestClient client = await host.ClientWithAsync($"?token={token}", null);
        Assert.Equal("welcome", (await client.ConnectAsync()).Type());
        return client;
    }

    public static Task<System.Text.Json.JsonElement> RefreshAsync(this TestClient client, string token, string more = "") =>
        client.AskAsync($$"""{"type":"refresh","token":"{{token}}"{{more}}}""");

    private static long Exp(int seconds) => FakeTime.Start.ToUnixTimeSeconds() + seconds;
}
