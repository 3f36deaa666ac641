using Microsoft.Playwright;
using Switchboard.Testing.Browser;

namespace Switchboard.Standalone.Tests;

/// <summary>What the program serves, to Chromium's own WebSocket and EventSource.</summary>
public sealed class BrowserTests(RunningServer server) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private Chromium _chromium = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _chromium = await Chromium.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _chromium.DisposeAsync();

    [Fact]
    public async Task Chromium_WithAnEventSource_PublishesAndReceives()
    {
        IPage page = await _chromium.NewPageAsync();
        await page.GotoAsync(server.Address.ToString());

        string result = await page.EvaluateAsync<string>(
            """
            async () => {
              const source = new EventSource('/fallback/sse?user=eve&seq=1');
              const waiting = [], come = [];
              source.onmessage = event => {
                const what = JSON.parse(event.data);
                const next = waiting.findIndex(one => one.type === what.type);
                if (next < 0) come.push(what); else waiting.splice(next, 1)[0].resolve(what);
              };
              const event = type => new Promise(resolve => {
                const there = come.findIndex(one => one.type === type);
                if (there < 0) waiting.push({ type, resolve }); else resolve(come.splice(there, 1)[0]);
              });
              const { resume } = await event('welcome');
              const commands = [
                { type: 'join', id: 1, room: 'sse' },
                { type: 'publish', id: 2, room: 'sse', data: 'grüße 🌍' },
              ];
              const sent = await fetch('/fallback/send?user=eve', {
                method: 'POST', body: JSON.stringify({ resume, seq: 1, commands }),
              });
              await event('joined');
              const { offset } = await event('published');
              const { data } = await event('message');
              source.close();
              return `${sent.status} ${offset} ${data}`;
            }
            """);

        Assert.Equal("202 1 grüße 🌍", result);
    }

    [Fact]
    public async Task Chromium_GetsEverythingBackFromTheEcho()
    {
        IPage page = await _chromium.NewPageAsync();
        await page.GotoAsync(server.Address.ToString());

        string result = await page.EvaluateAsync<string>(
            """
            async url => {
              const socket = new WebSocket(url);
              socket.binaryType = 'arraybuffer';
              const event = name => new Promise(resolve => socket.addEventListener(name, resolve, { once: true }));
              await event('open');
              const bytes = message => typeof message === 'string' ? message : String(new Uint8Array(message.slice(0)));
              const blob = new Uint8Array(1 << 20).map((_, i) => i * 31).buffer;
              for (const message of ['', 'short', 'grüße, κόσμε 🌍 '.repeat(50), blob, 'x'.repeat(1 << 20)]) {
                const back = event('message');
                socket.send(message);
                if (bytes((await back).data) !== bytes(message)) return 'changed';
              }
              const closed = event('close');
              socket.close(4321, 'done');
              const { code, wasClean } = await closed;
              return `${socket.extensions} ${code} ${wasClean}`;
            }
            """,
            new Uri(server.WebSocketAddress, "/echo").ToString());

        Assert.StartsWith("permessage-deflate", result, StringComparison.Ordinal);
        Assert.EndsWith(" 4321 true", result, StringComparison.Ordinal);
    }
}
