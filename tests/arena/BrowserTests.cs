using System.Collections.Concurrent;
using Microsoft.Playwright;
using Switchboard.Testing;

namespace Switchboard.Arena.Tests;

/// <summary>The page in headless Chromium, with players on both edges.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private const float Patience = 60_000;

    private readonly ConcurrentQueue<string> _problems = new();
    private SwitchboardCluster _cluster = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _cluster = await ArenaCluster.StartAsync();
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

    public async Task DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
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
            ViewportSize = new ViewportSize { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true, DeviceScaleFactor = 2,
        });
        await using Spectator eve = await Spectator.JoinAsync(await _cluster.ConnectAsync("Eve", edge: 1));
        await ExpectAsync(desktop, "[data-testid=scores] li:nth-child(3)");

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

        await CaptureAsync(desktop, "arena-desktop");
        await CaptureAsync(phone, "arena-phone");
        int width = await phone.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= 390, $"the page is {width} wide on a phone of 390");
        await ExpectAsync(phone, "[data-testid=link][data-state=connected]");
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

    private async Task ExpectAsync(IPage page, string selector)
    {
        try
        {
            await page.Locator(selector).First.WaitForAsync(
                new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = Patience });
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{selector} did not appear; the pages say: {string.Join("; ", _problems)}");
        }
    }

    private static async Task CaptureAsync(IPage page, string name) => await page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(ArenaCluster.Root(), "artifacts/screenshots", $"{name}.png"),
    });

    private async Task<IPage> OpenAsync(string name, int edge, BrowserNewContextOptions options)
    {
        IBrowserContext context = await _browser.NewContextAsync(options);
        IPage page = await context.NewPageAsync();
        page.PageError += (_, problem) => _problems.Enqueue(problem);
        page.Console += (_, line) => _problems.Enqueue($"{line.Type}: {line.Text}");
        await page.GotoAsync(_cluster.Edges[edge].Url.ToString());
        if (edge == 0)
        {
            await CaptureAsync(page, "arena-entrance");
        }

        await page.GetByTestId("name").FillAsync(name);
        await page.GetByTestId("enter").ClickAsync();
        await ExpectAsync(page, "[data-testid=scores] li.me");
        return page;
    }
}
