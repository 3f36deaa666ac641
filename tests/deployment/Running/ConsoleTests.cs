using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Microsoft.Playwright;
using Switchboard.Deployment.Tests.Testing;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Running;

/// <summary>The console in headless Chromium, on an edge of a cluster.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ConsoleTests(RunningCluster cluster) : IAsyncLifetime
{
    private const float Patience = 90_000;

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
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
    public async Task Edge_DrainedFromAnother_SendsItsClientsAwayAndIsNotReady()
    {
        int port = cluster.Script.EdgePort(2);
        using ClientWebSocket client = new();
        client.Options.AddSubProtocol("switchboard.v1.json");
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{Text(port)}/ws?user=drained"), CancellationToken.None);
        await client.SendAsync(
            "{\"type\":\"connect\",\"id\":1}"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        IPage page = await OpenAsync();
        await SeenAsync(page, "[data-testid=nodes] tbody tr:nth-child(5)");
        Assert.Equal(5, await page.Locator("[data-testid=nodes] .lamp[data-state=ready]").CountAsync());
        await ShootAsync(page, "nodes-desktop-light", ColorScheme.Light, 1280);
        await ShootAsync(page, "nodes-phone-dark", ColorScheme.Dark, 390);

        try
        {
            await DrainAsync(page, "[data-testid=nodes] tbody tr:nth-child(2) [data-testid=to-node]");

            await SeenAsync(page, "main .lamp[data-state=draining]");
            await ShootAsync(page, "draining-desktop-light", ColorScheme.Light, 1280);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "this edge is draining"), await Readiness.AskAsync(port));
            Assert.Equal((WebSocketCloseStatus)1001, await ClosedAsync(client));
        }
        finally
        {
            await cluster.Script.RunAsync("stop edge 2");
            await cluster.Script.RunAsync("start edge 2");
        }
    }

    [Fact]
    public async Task Silo_Drained_EndsAndTheOthersGoOn()
    {
        IPage page = await OpenAsync();
        await SeenAsync(page, "[data-testid=nodes] tbody tr:nth-child(5)");
        string link = "[data-testid=nodes] tbody tr:nth-child(5) [data-testid=to-node]";

        await DrainAsync(page, link);
        await SeenAsync(page, "main:has-text('It is not there any more')");
        await page.ClickAsync("nav a:has-text('Cluster')");
        await SeenAsync(page, "[data-testid=nodes] tbody tr:nth-child(4):last-child");

        int gone = 0;
        for (int silo = 1; silo <= 3; silo++)
        {
            (int exitCode, _) = await cluster.Script.TryAsync($"start silo {Text(silo)}");
            gone += exitCode == 0 ? 1 : 0;
        }

        Assert.Equal(1, gone);
        await SeenAsync(page, "[data-testid=nodes] tbody tr:nth-child(5)");
    }

    private static async Task DrainAsync(IPage page, string link)
    {
        await page.ClickAsync(link);
        await page.ClickAsync("[data-testid=drain]");
        await page.ClickAsync("[data-testid=ask-yes]");
        await SeenAsync(page, "[data-testid=toast]:has-text('is draining')");
    }

    private static async Task<WebSocketCloseStatus?> ClosedAsync(ClientWebSocket client)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMilliseconds(Patience));
        byte[] buffer = new byte[4096];
        while ((await client.ReceiveAsync(buffer, limit.Token)).MessageType != WebSocketMessageType.Close)
        {
        }

        return client.CloseStatus;
    }

    private static Task SeenAsync(IPage page, string selector) =>
        page.Locator(selector).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = Patience });

    private static async Task ShootAsync(IPage page, string name, ColorScheme scheme, int width)
    {
        await page.SetViewportSizeAsync(width, 900);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Checkout.PathOf($"artifacts/screenshots/console-{name}.png"), FullPage = true,
        });
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<IPage> OpenAsync()
    {
        IBrowserContext context = await _browser.NewContextAsync();
        context.SetDefaultTimeout(Patience);
        IPage page = await context.NewPageAsync();
        await page.GotoAsync($"http://127.0.0.1:{Text(cluster.Script.EdgePort(1))}/console");
        await SeenAsync(page, "[data-testid=status][data-state=live]");
        return page;
    }
}
