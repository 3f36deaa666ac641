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

    [Fact]
    public async Task Room_LeftAndJoinedAgain_ShowsWhatWasSaidBefore()
    {
        IPage ann = await OpenAsync("ann", "attic");
        await ann.SayAsync("before");
        await ann.WaitForTextsAsync("before");

        await ann.Locator("#room-list li:has([data-room=attic]) .leave").ClickAsync();
        await ann.ExpectAsync("h1:has-text('No room')");
        await ann.FillAsync("[data-testid=room-input]", "attic");
        await ann.ClickAsync("[data-testid=room-join]");

        await ann.WaitForTextsAsync("before");
        Assert.DoesNotContain("Reconnected", await ann.Locator("[data-testid=toast]").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OfABusyRoom_KeepsTheNewest()
    {
        IPage ann = await OpenAsync("ann", "stadium");
        await ann.ExpectAsync("[data-testid=member]");
        await ann.EvaluateAsync(
            """
            () => {
              const room = switchboard.client.room('stadium');
              for (let offset = 1; offset <= 1200; offset++) {
                const position = { epoch: room.position.epoch, offset };
                room.emit('message', { position, from: { user: 'bob' }, time: offset, data: `${offset}` });
              }
            }
            """);

        Assert.Equal(1000, await ann.Locator("[data-testid=message]").CountAsync());
        Assert.Equal("201", await ann.Locator("[data-testid=message-text]").First.InnerTextAsync());
        Assert.Equal("1200", await ann.Locator("[data-testid=message-text]").Last.InnerTextAsync());
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
