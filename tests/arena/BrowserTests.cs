using Microsoft.Playwright;
using Switchboard.Testing;
using Switchboard.Testing.Browser;

namespace Switchboard.Arena.Tests;

/// <summary>The page in headless Chromium, with players on both edges.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    private SwitchboardCluster _cluster = null!;
    private Chromium _chromium = null!;

    public async Task InitializeAsync()
    {
        _cluster = await ArenaCluster.StartAsync();
        _chromium = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Players_OnADesktopAndOnAPhone_SteerCollectAndSeeEachOther()
    {
        IPage desktop = await OpenAsync("Ann", edge: 0, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1280, Height = 860 },
        });
        IPage phone = await OpenAsync("Bob", edge: 1, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = PageExtensions.Phone, Height = 844 }, HasTouch = true, IsMobile = true, DeviceScaleFactor = 2,
        });
        await using Spectator eve = await Spectator.JoinAsync(await _cluster.ConnectAsync("Eve", edge: 1));
        await desktop.ExpectAsync("[data-testid=scores] li:nth-child(3)");

        // By keys, towards the nearest spark until one is collected.
        for (int i = 0; !await desktop.Locator("[data-testid=status]:not(:has-text('0 sparks'))").IsVisibleAsync(); i++)
        {
            Assert.True(i < 200, "the keys move the player to a spark");
            await HeadForASparkAsync(desktop, eve, "Ann");
        }

        // By a finger, from one corner to the other.
        LocatorBoundingBoxResult box = (await phone.GetByTestId("field").BoundingBoxAsync())!;
        double before = await XOfAsync(eve, "Bob");
        bool isLeft = before < Arena.Width / 2;
        await phone.Mouse.MoveAsync(box.X + (box.Width * (isLeft ? 0.9f : 0.1f)), box.Y + (box.Height / 2));
        await phone.Mouse.DownAsync();
        await eve.FieldAsync(
            field => Math.Abs(field.Players.Single(player => player.Name == "Bob").X - before) > 100, "Bob to follow the finger");
        await phone.Mouse.UpAsync();

        await desktop.ScreenshotAsync("arena-desktop");
        await phone.ScreenshotAsync("arena-phone");
        await phone.AssertFitsAsync();
        await phone.ExpectAsync("[data-testid=link][data-state=connected]");
    }

    private static async Task HeadForASparkAsync(IPage page, Spectator eve, string name)
    {
        ArenaView now = await eve.FieldAsync(static field => field.Sparks.Count > 0, "a spark");
        PlayerView self = now.Players.Single(player => player.Name == name);
        Spark spark = now.Sparks.MinBy(spark => Math.Abs(spark.X - self.X) + Math.Abs(spark.Y - self.Y))!;
        (double x, double y) = (spark.X - self.X, spark.Y - self.Y);
        string key = Math.Abs(x) > Math.Abs(y) ? (x > 0 ? "ArrowRight" : "a") : (y > 0 ? "s" : "ArrowUp");
        int ticks = Math.Clamp((int)(Math.Max(Math.Abs(x), Math.Abs(y)) / (Arena.Speed / 20)) - 1, 1, 8);
        await page.Keyboard.DownAsync(key);
        await eve.FieldAsync(field => field.Tick >= now.Tick + ticks, "some ticks");
        await page.Keyboard.UpAsync(key);
    }

    private static async Task<double> XOfAsync(Spectator from, string name) =>
        (await from.FieldAsync(static _ => true, "a field")).Players.Single(player => player.Name == name).X;

    private async Task<IPage> OpenAsync(string name, int edge, BrowserNewContextOptions options)
    {
        IPage page = await _chromium.NewPageAsync(options);
        await page.GotoAsync(_cluster.Edges[edge].Url.ToString());
        if (edge == 0)
        {
            await page.ScreenshotAsync("arena-entrance");

            // Who is not let in may try another name.
            await page.GetByTestId("name").FillAsync(" ");
            await page.GetByTestId("enter").ClickAsync();
            await page.ExpectAsync("[data-testid=link][data-state=closed]");
        }

        await page.GetByTestId("name").FillAsync(name);
        await page.GetByTestId("enter").ClickAsync();
        await page.ExpectAsync("[data-testid=scores] li.me");
        return page;
    }
}
