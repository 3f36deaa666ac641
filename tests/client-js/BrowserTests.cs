using Microsoft.Playwright;
using Switchboard.Standalone.Tests;
using Switchboard.Testing.Browser;

namespace Switchboard.ClientJs.Tests;

/// <summary>The committed bundle in headless Chromium, served by the program, over each transport.</summary>
public sealed class BrowserTests(RunningServer server) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private Chromium _chromium = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _chromium = await Chromium.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _chromium.DisposeAsync();

    [Theory]
    [InlineData("websocket")]
    [InlineData("sse")]
    [InlineData("long-polling")]
    public async Task TwoPages_TalkInARoom_AndSeeEachOther(string transport)
    {
        IPage ann = await OpenAsync("ann", transport);
        IPage bob = await OpenAsync("bob", transport);
        await ann.WaitForFunctionAsync("room.memberCount === 2");

        await ann.EvaluateAsync("room.publish('grüße 🌍')");
        await ann.EvaluateAsync("room.publish(new Uint8Array([1, 2, 255]))");
        await bob.WaitForFunctionAsync("seen.length === 2");

        Assert.Equal("grüße 🌍|1,2,255", await bob.EvaluateAsync<string>("seen.join('|')"));
        await ann.EvaluateAsync("client.close()");
        await bob.WaitForFunctionAsync("room.memberCount === 1");
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("sse")]
    [InlineData("long-polling")]
    public async Task Page_WhoseNetworkFails_GetsWhatItMissedAndItsOutboxIsSent(string transport)
    {
        IPage ann = await OpenAsync("ann-fails", transport);
        IPage bob = await OpenAsync("bob-stays", transport);
        string connection = await ann.EvaluateAsync<string>("client.connectionId");

        await ann.EvaluateAsync("cut()");
        await ann.WaitForFunctionAsync("client.state === 'reconnecting'");
        await ann.EvaluateAsync("void room.publish('from the outbox')");
        await bob.EvaluateAsync("Promise.all([1, 2, 3].map(number => room.publish(number)))");
        await ann.EvaluateAsync("mend()");

        await bob.WaitForFunctionAsync("seen.length === 4");
        await ann.WaitForFunctionAsync("seen.length === 4");
        Assert.Equal("1,2,3,from the outbox", await ann.EvaluateAsync<string>("seen.join()"));
        Assert.Equal("1,2,3,from the outbox", await bob.EvaluateAsync<string>("seen.join()"));
        Assert.Equal(connection, await ann.EvaluateAsync<string>("client.connectionId"));
    }

    [Fact]
    public async Task Page_ThatCanOpenNoWebSocket_UsesAnEventStream()
    {
        IPage page = await NewPageAsync();
        string result = await page.EvaluateAsync<string>(
            """
            async () => {
              const { SwitchboardClient } = await import('/switchboard.js');
              const client = new SwitchboardClient({ user: 'blocked', webSocket: class { constructor() { throw new Error('blocked'); } } });
              await client.connect();
              const streams = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
              return `${client.state} ${client.user} ${streams.filter(path => path.startsWith('/fallback/'))}`;
            }
            """);

        Assert.StartsWith("connected blocked", result, StringComparison.Ordinal);
    }

    private async Task<IPage> NewPageAsync()
    {
        IPage page = await _chromium.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, "/icon.svg").ToString());
        return page;
    }

    /// <summary>A page that is in a room; <c>cut()</c> breaks its network, until <c>mend()</c>.</summary>
    private async Task<IPage> OpenAsync(string user, string transport)
    {
        IPage page = await NewPageAsync();
        await page.EvaluateAsync(
            """
            async ([user, transport]) => {
              const { SwitchboardClient } = await import('/switchboard.js');
              const cuts = new Set();
              let isDown = false;
              globalThis.cut = () => {
                isDown = true;
                cuts.forEach(cut => cut());
              };
              globalThis.mend = () => { isDown = false; };
              const use = cut => {
                if (isDown) throw new TypeError('the network is down');
                cuts.add(cut);
              };
              class CutSocket extends WebSocket {
                constructor(...parameters) {
                  super(...parameters);
                  use(() => {
                    this.onclose?.({ code: 1006, reason: '' });
                    this.close(3000);
                  });
                }
              }
              const cutFetch = async (url, init) => {
                const cutter = new AbortController();
                use(() => cutter.abort());
                init.signal?.addEventListener('abort', () => cutter.abort());
                return fetch(url, { ...init, signal: cutter.signal });
              };
              globalThis.seen = [];
              globalThis.client = new SwitchboardClient({ user, transports: [transport], webSocket: CutSocket, fetch: cutFetch });
              globalThis.room = client.room(`browser ${transport} ${user.split('-').length}`);
              room.on('message', ({ data }) => seen.push(data));
              await client.connect();
              await room.join({ presence: true });
            }
            """,
            new[] { user, transport });
        return page;
    }
}
