using System.Globalization;
using Microsoft.Playwright;
using Switchboard.Testing.Browser;

namespace Switchboard.Deployment.Tests.Running;

/// <summary>The chat page in headless Chromium, from each edge and through nginx.</summary>
[Collection(ClusterCollection.Name)]
public sealed class BrowserTests(RunningCluster cluster) : IAsyncLifetime
{
    private Chromium _chromium = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _chromium = await Chromium.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _chromium.DisposeAsync();

    [Fact]
    public async Task Pages_OnBothEdgesAndThroughNginx_ChatInARoom()
    {
        IPage ann = await OpenAsync(cluster.Script.EdgePort(1), "ann");
        IPage bob = await OpenAsync(cluster.Script.EdgePort(2), "bob");
        IPage cleo = await OpenAsync(cluster.Script.HttpPort, "cleo");
        IPage[] all = [ann, bob, cleo];
        foreach (IPage page in all)
        {
            await page.ExpectAsync("[data-testid=member][data-user=ann]");
            await page.ExpectAsync("[data-testid=member][data-user=bob]");
            await page.ExpectAsync("[data-testid=member][data-user=cleo]");
        }

        await ann.SayAsync("from the first edge");
        await WaitForTextsAsync(all, "from the first edge");
        await bob.SayAsync("from the second");
        await WaitForTextsAsync(all, "from the first edge", "from the second");
        await cleo.SayAsync("from wherever nginx sent me");
        await WaitForTextsAsync(all, "from the first edge", "from the second", "from wherever nginx sent me");
    }

    private static async Task WaitForTextsAsync(IPage[] pages, params string[] texts)
    {
        foreach (IPage page in pages)
        {
            await page.WaitForTextsAsync(texts);
        }
    }

    private async Task<IPage> OpenAsync(int port, string user)
    {
        IPage page = await _chromium.NewPageAsync();
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/?user={user}&room=deployment"));
        await page.ExpectAsync("[data-testid=status][data-state=online]");
        return page;
    }
}
