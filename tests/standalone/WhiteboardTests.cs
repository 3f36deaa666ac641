using Microsoft.Playwright;
using Switchboard.Testing.Browser;

namespace Switchboard.Standalone.Tests;

/// <summary>samples/whiteboard, in Chromium.</summary>
public sealed class WhiteboardTests(RunningServer server) : IClassFixture<RunningServer>, IAsyncLifetime
{
    // Of the board, which is 1600 by 1000: whether something is drawn there.
    private const string Ink = """
        ([x, y]) => document.getElementById('board').getContext('2d').getImageData(x, y, 1, 1).data[3] > 0
        """;

    private Chromium _chromium = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _chromium = await Chromium.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _chromium.DisposeAsync();

    [Fact]
    public async Task Stroke_IsSeenByOthersAndByWhoComesLate_UntilTheBoardIsCleared()
    {
        IPage ann = await OpenAsync("ann", "strokes");
        IPage bob = await OpenAsync("bob", "strokes");
        await DrawAsync(ann, (0.2f, 0.3f), (0.6f, 0.3f));

        await ExpectInkAsync(ann, 640, 300);
        await ExpectInkAsync(bob, 640, 300);
        IPage late = await OpenAsync("cleo", "strokes");
        await ExpectInkAsync(late, 640, 300);
        Assert.False(await late.EvaluateAsync<bool>(Ink, new[] { 640, 600 }));

        await bob.Locator("[data-testid=clear]").ClickAsync();
        await ExpectNoInkAsync(ann, 640, 300);
        await DrawAsync(late, (0.2f, 0.6f), (0.6f, 0.6f));
        await ExpectInkAsync(ann, 640, 600);
        IPage later = await OpenAsync("dora", "strokes");
        await ExpectInkAsync(later, 640, 600);
        Assert.False(await later.EvaluateAsync<bool>(Ink, new[] { 640, 300 }));
    }

    [Fact]
    public async Task Cursor_IsSeenByOthers_AndGoesWithItsOwner()
    {
        IPage ann = await OpenAsync("ann", "cursors");
        IPage bob = await OpenAsync("bob", "cursors");
        await bob.ExpectAsync("[data-testid=people] [data-user=ann]");

        await MoveAsync(ann, 0.5f, 0.25f);

        await bob.WaitForFunctionAsync(
            "Math.abs(parseFloat(document.querySelector('[data-testid=cursor][data-user=ann]')?.style.left) - 50) < 1");
        await ann.CloseAsync();
        await bob.WaitForFunctionAsync("!document.querySelector('[data-user=ann]')");
        Assert.Equal("ann has gone", await bob.Locator("[data-testid=said]").TextContentAsync());
    }

    [Fact]
    public async Task SecondFinger_WhileTheFirstDraws_DrawsNothing()
    {
        IPage ann = await OpenAsync("ann", "fingers");
        await MoveAsync(ann, 0.2f, 0.3f);
        await ann.Mouse.DownAsync();
        await MoveAsync(ann, 0.4f, 0.3f);
        await ann.EvaluateAsync(
            """
            () => {
              const board = document.getElementById('board');
              const { left, top, width, height } = board.getBoundingClientRect();
              const place = { pointerId: 7, isPrimary: false, clientX: left + 0.4 * width, clientY: top + 0.8 * height };
              for (const type of ['pointermove', 'pointerup']) board.dispatchEvent(new PointerEvent(type, place));
            }
            """);
        await MoveAsync(ann, 0.6f, 0.3f);
        await ann.Mouse.UpAsync();

        await ExpectInkAsync(ann, 900, 300);
        Assert.False(await ann.EvaluateAsync<bool>(Ink, new[] { 640, 550 }));
    }

    [Fact]
    public async Task Keyboard_DrawsAsThePointerDoes()
    {
        IPage ann = await OpenAsync("ann", "keys");
        IPage bob = await OpenAsync("bob", "keys");
        await ann.Locator("[data-testid=board]").FocusAsync();

        await ann.Keyboard.PressAsync(" ");
        for (int i = 0; i < 3; i++)
        {
            await ann.Keyboard.PressAsync("Shift+ArrowRight");
        }

        await ann.Keyboard.PressAsync(" ");

        await ExpectInkAsync(bob, 900, 500);
    }

    [Fact]
    public async Task Stroke_WhileTheNetworkIsAway_ComesWithIt()
    {
        IPage ann = await OpenAsync("ann", "tunnel");
        IPage bob = await OpenAsync("bob", "tunnel");
        await ann.Context.SetOfflineAsync(true);
        await ann.ExpectAsync("[data-testid=status][data-state=online]");
        await DrawAsync(ann, (0.1f, 0.8f), (0.5f, 0.8f));
        await ExpectInkAsync(ann, 480, 800);
        await ann.Context.SetOfflineAsync(false);

        await ExpectInkAsync(bob, 480, 800);
    }

    [Fact]
    public async Task Page_OnADesktopAndOnAPhone_Fits()
    {
        IPage ann = await OpenAsync("ann", "pictures");
        IPage bob = await OpenAsync("bob", "pictures", PageExtensions.Phone);
        await ann.ExpectAsync("[data-testid=people] [data-user=bob]");
        await DrawAsync(ann, (0.2f, 0.7f), (0.35f, 0.3f), (0.5f, 0.7f), (0.2f, 0.7f));
        await bob.Locator("[title=orange]").CheckAsync();
        await DrawAsync(bob, (0.6f, 0.6f), (0.7f, 0.35f), (0.85f, 0.4f), (0.8f, 0.65f), (0.6f, 0.6f));
        await MoveAsync(bob, 0.7f, 0.5f);
        await ann.ExpectAsync("[data-testid=cursor][data-user=bob]");
        await ExpectInkAsync(ann, 960, 600);
        await ExpectInkAsync(bob, 320, 700);

        await ann.ScreenshotAsync("whiteboard-desktop");
        await bob.ScreenshotAsync("whiteboard-phone");
        await ann.AssertFitsAsync();
        await bob.AssertFitsAsync();
    }

    private static async Task ExpectInkAsync(IPage page, int x, int y) => await page.WaitForFunctionAsync(Ink, new[] { x, y });

    private static async Task ExpectNoInkAsync(IPage page, int x, int y) =>
        await page.WaitForFunctionAsync($"at => !({Ink})(at)", new[] { x, y });

    // Through these places, as parts of the board's size.
    private static async Task DrawAsync(IPage page, params (float X, float Y)[] places)
    {
        await MoveAsync(page, places[0].X, places[0].Y);
        await page.Mouse.DownAsync();
        foreach ((float x, float y) in places.Skip(1))
        {
            await MoveAsync(page, x, y);
        }

        await page.Mouse.UpAsync();
    }

    private static async Task MoveAsync(IPage page, float x, float y)
    {
        LocatorBoundingBoxResult box = (await page.Locator("[data-testid=board]").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (x * box.Width), box.Y + (y * box.Height), new MouseMoveOptions { Steps = 5 });
    }

    private async Task<IPage> OpenAsync(string user, string board, int width = 1200)
    {
        IPage page = await _chromium.NewPageAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        await page.GotoAsync($"{server.Address}whiteboard/?user={user}&board={board}");
        await page.ExpectAsync("[data-testid=status][data-state=online]");
        await page.ExpectAsync($"[data-testid=people] [data-user={user}]");
        return page;
    }
}
