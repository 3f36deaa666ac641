using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Microsoft.Playwright;
using Switchboard.Deployment.Tests.Testing;
using Switchboard.Testing.Browser;
using Switchboard.Testing.Programs;

namespace Switchboard.Deployment.Tests.Running;

/// <summary>The console in headless Chromium, on an edge of a cluster.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ConsoleTests(RunningCluster cluster) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private Chromium _chromium = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _chromium = await Chromium.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _chromium.DisposeAsync();

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
        await page.ExpectAsync("[data-testid=nodes] tbody tr:nth-child(5)");
        Assert.Equal(5, await page.Locator("[data-testid=nodes] .lamp[data-state=ready]").CountAsync());
        await page.ScreenshotAsync("console-nodes-desktop-light", 1280, ColorScheme.Light);
        await page.ScreenshotAsync("console-nodes-phone-dark", PageExtensions.Phone, ColorScheme.Dark);

        try
        {
            await DrainAsync(page, "[data-testid=nodes] tbody tr:nth-child(2) [data-testid=to-node]");

            await page.ExpectAsync("main .lamp[data-state=draining]");
            await page.ScreenshotAsync("console-draining-desktop-light", 1280, ColorScheme.Light);
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
        await page.ExpectAsync("[data-testid=nodes] tbody tr:nth-child(5)");
        string link = "[data-testid=nodes] tbody tr:nth-child(5) [data-testid=to-node]";

        await DrainAsync(page, link);
        await page.ExpectAsync("main:has-text('It is not there any more')");
        await page.ClickAsync("nav a:has-text('Cluster')");
        await page.ExpectAsync("[data-testid=nodes] tbody tr:nth-child(4):last-child");

        int gone = 0;
        for (int silo = 1; silo <= 3; silo++)
        {
            (int exitCode, _) = await cluster.Script.TryAsync($"start silo {Text(silo)}");
            gone += exitCode == 0 ? 1 : 0;
        }

        Assert.Equal(1, gone);
        await page.ExpectAsync("[data-testid=nodes] tbody tr:nth-child(5)");
    }

    private static async Task DrainAsync(IPage page, string link)
    {
        await page.ClickAsync(link);
        await page.ClickAsync("[data-testid=drain]");
        await page.ClickAsync("[data-testid=ask-yes]");
        await page.ExpectAsync("[data-testid=toast]:has-text('is draining')");
    }

    private static async Task<WebSocketCloseStatus?> ClosedAsync(ClientWebSocket client)
    {
        using CancellationTokenSource limit = new(Patience);
        byte[] buffer = new byte[4096];
        while ((await client.ReceiveAsync(buffer, limit.Token)).MessageType != WebSocketMessageType.Close)
        {
        }

        return client.CloseStatus;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<IPage> OpenAsync()
    {
        IPage page = await _chromium.NewPageAsync();
        await page.GotoAsync($"http://127.0.0.1:{Text(cluster.Script.EdgePort(1))}/console");
        await page.ExpectAsync("[data-testid=status][data-state=live]");
        return page;
    }
}
