using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Attacks;

/// <summary>Text of clients that would be more than text in a head or in a log.</summary>
public sealed class InjectionTests
{
    [Theory]
    [InlineData("/ws?user=ann%0d%0aSet-Cookie:%20a=b", "")]
    [InlineData("/ws?user=%0d%0a%0d%0aevil", "")]
    [InlineData("/ws?user=ann", "Origin: https://x%0d%0aSet-Cookie: a=b\r\n")]
    [InlineData("/ws?user=ann", "Sec-WebSocket-Extensions: permessage-deflate; x=\"a\\r\\nSet-Cookie: a=b\"\r\n")]
    [InlineData("/ws?user=ann", "X: a\rSet-Cookie: a=b\r\n")]
    [InlineData("/ws?user=ann", "X: a\0b\r\n")]
    public async Task Answer_HoldsNoHeaderThatAClientHasSent(string target, string headers)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        using Opening opening = await Opening.SendAsync(host, target, headers);

        Assert.DoesNotContain("Set-Cookie", opening.Head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("evil", opening.Head, StringComparison.Ordinal);
        string[] known =
        [
            "Connection", "Upgrade", "Sec-WebSocket-Accept", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions", "Content-Type",
            "Content-Length", "WWW-Authenticate", "Cache-Control",
        ];
        Assert.All(
            opening.Head.Split("\r\n")[1..].Where(line => line.Length > 0),
            line => Assert.Contains(line[..line.IndexOf(':', StringComparison.Ordinal)], known));
    }

    [Fact]
    public async Task Log_HoldsNoTextOfClients_ButEscapedNamesOfRooms()
    {
        const string Mark = "m4rk";
        using Lines lines = new();
        await using (GatewayHost host = await GatewayHost.StartAsync(build: builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
            builder.Logging.AddProvider(lines);
        }))
        {
            string[] tricks = [$"{Mark}\u2028x", $"{Mark}\u202Ex", $"{Mark}{{0}}", $"{Mark}%n"];
            foreach (string trick in tricks)
            {
                await using TestClient client = await host.ConnectAsync(trick);
                await client.JoinAsync(trick);
                await client.PublishAsync(trick, $"\"{trick}\"", $$""","key":"{{trick}}" """);
                await client.AskAsync($$"""{"type":"send","user":"{{trick}}","data":1}""");
                await client.SendAsync($$"""{"type":"{{trick}}"}""");
                await client.NextAsync("error");
            }

            foreach (string control in new[] { "%0a", "%0d%0a", "%1b[31m", "%00" })
            {
                using Opening refused = await Opening.SendAsync(
                    host, $"/ws?user={Mark}{control}fail: Switchboard[0]", $"User-Agent: {Mark}\u001b[2J\r\n");
                Assert.InRange(refused.Status, 400, 499);
            }
        }

        Assert.NotEmpty(lines.All);
        string[] marked = [.. lines.All.Where(line => line.Contains(Mark, StringComparison.Ordinal))];
        Assert.All(marked, line => Assert.Matches(@"^Connection [\w-]+ (joined|left) room m4rk(\\u2028x|\\u202ex|\{0\}|%n) $", line));
        Assert.Equal(4, marked.Length);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{formatter(state, exception)} {exception?.Message}");

        public void Dispose()
        {
        }
    }
}
