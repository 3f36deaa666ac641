using Microsoft.Playwright;
using Switchboard.Testing.Browser;

namespace Switchboard.Standalone.Tests;

/// <summary>samples/chat, in Chromium.</summary>
public sealed class ChatTests(RunningServer server) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private Chromium _chromium = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _chromium = await Chromium.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _chromium.DisposeAsync();

    [Fact]
    public async Task TwoPages_ChatInARoom_AndTheOneThatLosesItsConnectionGetsExactlyWhatItMissed()
    {
        IPage ann = await OpenAsync("ann");
        IPage bob = await OpenAsync("bob");
        await ann.ExpectAsync("[data-testid=member][data-user=bob]");

        await ann.SayAsync("hello bob");
        await bob.SayAsync("hello ann");
        await ann.WaitForTextsAsync("hello bob", "hello ann");
        await bob.WaitForTextsAsync("hello bob", "hello ann");

        // The socket is cut, and the way back is closed until bob has spoken.
        IBrowserContext context = ann.Context;
        await context.SetOfflineAsync(true);
        await ann.EvaluateAsync("switchboard.drop()");
        await ann.ExpectAsync("[data-testid=status]:not([data-state=online]):not([data-state=resumed])");
        await bob.SayAsync("one");
        await bob.SayAsync("two");
        await bob.SayAsync("three");
        await bob.WaitForTextsAsync("hello bob", "hello ann", "one", "two", "three");
        await context.SetOfflineAsync(false);

        await ann.ExpectAsync("[data-testid=status][data-state=resumed], [data-testid=status][data-state=online]");
        await ann.WaitForTextsAsync("hello bob", "hello ann", "one", "two", "three");
        Assert.Equal(1, await bob.Locator("[data-testid=member][data-user=ann]").CountAsync());
    }

    [Fact]
    public async Task TypingHint_ShowsWhileAnotherTypes()
    {
        IPage ann = await OpenAsync("ann-types", "typing");
        IPage bob = await OpenAsync("bob-reads", "typing");
        await ann.ExpectAsync("[data-testid=member][data-user=bob-reads]");

        await ann.Locator("[data-testid=message-input]").PressSequentiallyAsync("hel");

        await bob.ExpectAsync("[data-testid=typing]:has-text('ann-types')");
        Assert.Equal(0, await bob.Locator("[data-testid=message]").CountAsync());
    }

    [Fact]
    public async Task Page_OnADesktopAndOnAPhone_Fits()
    {
        IPage ann = await OpenAsync("ann", "pictures");
        IPage bob = await OpenAsync("bob", "pictures", PageExtensions.Phone);
        await ann.ExpectAsync("[data-testid=member][data-user=bob]");
        await ann.SayAsync("Shall we meet at the bridge?");
        await bob.WaitForTextsAsync("Shall we meet at the bridge?");
        await bob.SayAsync("Yes. I am on the train, and the network comes and goes.");
        await ann.WaitForTextsAsync("Shall we meet at the bridge?", "Yes. I am on the train, and the network comes and goes.");

        await ann.ScreenshotAsync("chat-desktop");
        await bob.ScreenshotAsync("chat-phone");
        await ann.AssertFitsAsync();
        await bob.AssertFitsAsync();
    }

    private async Task<IPage> OpenAsync(string user, string room = "lobby", int width = 1200)
    {
        IPage page = await _chromium.NewPageAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        await page.GotoAsync($"{server.Address}?user={user}&room={room}");
        await page.ExpectAsync("[data-testid=status][data-state=online]");
        return page;
    }
}
