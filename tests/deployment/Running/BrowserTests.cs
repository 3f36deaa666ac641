using System.Globalization;
using Microsoft.Playwright;

namespace Switchboard.Deployment.Tests.Running;

/// <summary>The chat page in headless Chromium, from each edge and through nginx.</summary>
[Collection(ClusterCollection.Name)]
public sealed class BrowserTests(RunningCluster cluster) : IAsyncLifetime
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
    public async Task Pages_OnBothEdgesAndThroughNginx_ChatInARoom()
    {
        IPage ann = await OpenAsync(cluster.Script.EdgePort(1), "ann");
        IPage bob = await OpenAsync(cluster.Script.EdgePort(2), "bob");
        IPage cleo = await OpenAsync(cluster.Script.HttpPort, "cleo");
        IPage[] all = [ann, bob, cleo];
        foreach (IPage page in all)
        {
            await ExpectAsync(page, "[data-testid=member][data-user=ann]");
            await ExpectAsync(page, "[data-testid=member][data-user=bob]");
            await ExpectAsync(page, "[data-testid=member][data-user=cleo]");
        }

        await SayAsync(ann, "from the first edge");
        await WaitForTextsAsync(all, "from the first edge");
        await SayAsync(bob, "from the second");
        await WaitForTextsAsync(all, "from the first edge", "from the second");
        await SayAsync(cleo, "from wherever nginx sent me");
        await WaitForTextsAsync(all, "from the first edge", "from the second", "from wherever nginx sent me");
    }

    private static Task ExpectAsync(IPage page, string selector) =>
        page.Locator(selector).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    private static async Task SayAsync(IPage page, string text)
    {
        await page.Locator("[data-testid=message-input]").FillAsync(text);
        await page.Locator("[data-testid=message-send]").ClickAsync();
    }

    private static async Task WaitForTextsAsync(IPage[] pages, params string[] texts)
    {
        foreach (IPage page in pages)
        {
            await page.WaitForFunctionAsync(
                """
                texts => {
                  const shown = [...document.querySelectorAll('[data-testid=message]')].map(message => message.innerText);
                  return shown.length === texts.length && texts.every((text, i) => shown[i].includes(text));
                }
                """,
                texts);
        }
    }

    private async Task<IPage> OpenAsync(int port, string user)
    {
        IBrowserContext context = await _browser.NewContextAsync();
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/?user={user}&room=deployment"));
        await ExpectAsync(page, "[data-testid=status][data-state=online]");
        return page;
    }
}
