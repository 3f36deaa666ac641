using Microsoft.Playwright;

namespace Switchboard.Standalone.Tests;

/// <summary>Headless Chromium on the page that the program serves, and on its echo.</summary>
public sealed class BrowserTests(RunningServer server) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    [Fact]
    public async Task Chromium_WithAnEventSource_PublishesAndReceives()
    {
        IPage page = await _browser.NewPageAsync();
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
        IPage page = await _browser.NewPageAsync();
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

    [Fact]
    public async Task TwoPages_ChatInARoom_AndTheOneThatLosesItsConnectionGetsExactlyWhatItMissed()
    {
        IPage ann = await OpenAsync("ann");
        IPage bob = await OpenAsync("bob");
        await Expect(ann, "[data-testid=member][data-user=bob]");

        await SayAsync(ann, "hello bob");
        await SayAsync(bob, "hello ann");
        await WaitForTextsAsync(ann, "hello bob", "hello ann");
        await WaitForTextsAsync(bob, "hello bob", "hello ann");

        // The socket is cut, and the way back is closed until bob has spoken.
        IBrowserContext context = ann.Context;
        await context.SetOfflineAsync(true);
        await ann.EvaluateAsync("switchboard.drop()");
        await Expect(ann, "[data-testid=status]:not([data-state=online]):not([data-state=resumed])");
        await SayAsync(bob, "one");
        await SayAsync(bob, "two");
        await SayAsync(bob, "three");
        await WaitForTextsAsync(bob, "hello bob", "hello ann", "one", "two", "three");
        await context.SetOfflineAsync(false);

        await Expect(ann, "[data-testid=status][data-state=resumed], [data-testid=status][data-state=online]");
        await WaitForTextsAsync(ann, "hello bob", "hello ann", "one", "two", "three");
        Assert.Equal(1, await bob.Locator("[data-testid=member][data-user=ann]").CountAsync());
    }

    [Fact]
    public async Task TypingHint_ShowsWhileAnotherTypes()
    {
        IPage ann = await OpenAsync("ann-types", "typing");
        IPage bob = await OpenAsync("bob-reads", "typing");
        await Expect(ann, "[data-testid=member][data-user=bob-reads]");

        await ann.Locator("[data-testid=message-input]").PressSequentiallyAsync("hel");

        await Expect(bob, "[data-testid=typing]:has-text('ann-types')");
        Assert.Equal(0, await bob.Locator("[data-testid=message]").CountAsync());
    }

    private static Task Expect(IPage page, string selector) =>
        page.Locator(selector).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    private static async Task SayAsync(IPage page, string text)
    {
        await page.Locator("[data-testid=message-input]").FillAsync(text);
        await page.Locator("[data-testid=message-send]").ClickAsync();
    }

    private static async Task WaitForTextsAsync(IPage page, params string[] texts) =>
        await page.WaitForFunctionAsync(
            """
            texts => {
              const shown = [...document.querySelectorAll('[data-testid=message]')].map(message => message.innerText);
              return shown.length === texts.length && texts.every((text, i) => shown[i].includes(text));
            }
            """,
            texts);

    private async Task<IPage> OpenAsync(string user, string room = "lobby")
    {
        IBrowserContext context = await _browser.NewContextAsync();
        IPage page = await context.NewPageAsync();
        await page.GotoAsync($"{server.Address}?user={user}&room={room}");
        await Expect(page, "[data-testid=status][data-state=online]");
        return page;
    }
}
