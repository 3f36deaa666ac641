using Microsoft.Playwright;
using Switchboard.Testing.Programs;

namespace Switchboard.Testing.Browser;

/// <summary>What tests of pages have in common.</summary>
internal static class PageExtensions
{
    /// <summary>The width of a telephone.</summary>
    public const int Phone = 390;

    /// <summary>Waits until there is such an element, whether it can be seen or not.</summary>
    public static async Task ExpectAsync(this IPage page, string selector)
    {
        try
        {
            await page.Locator(selector).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        }
        catch (TimeoutException)
        {
            IEnumerable<string> lines = (await page.ConsoleMessagesAsync()).Select(line => $"{line.Type}: {line.Text}");
            throw new TimeoutException(
                $"{selector} did not appear; the page says: {string.Join("; ", [.. await page.PageErrorsAsync(), .. lines])}");
        }
    }

    /// <summary>Says something on the page of the chat.</summary>
    public static async Task SayAsync(this IPage page, string text)
    {
        await page.Locator("[data-testid=message-input]").FillAsync(text);
        await page.Locator("[data-testid=message-send]").ClickAsync();
    }

    /// <summary>Waits until the page of the chat shows these messages and no other.</summary>
    public static async Task WaitForTextsAsync(this IPage page, params string[] texts) =>
        await page.WaitForFunctionAsync(
            """
            texts => {
              const shown = [...document.querySelectorAll('[data-testid=message]')].map(message => message.innerText);
              return shown.length === texts.length && texts.every((text, i) => shown[i].includes(text));
            }
            """,
            texts);

    /// <summary>Makes a picture for people to look at, artifacts/screenshots/NAME.png.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The picture's, without an ending.</param>
    /// <param name="whole">Whether what can only be scrolled to is on it, too.</param>
    public static async Task ScreenshotAsync(this IPage page, string name, bool whole = false) =>
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Checkout.PathOf($"artifacts/screenshots/{name}.png"),
            FullPage = whole,
        });

    /// <summary>Makes a picture of a whole page in a window of this width, in which it fits, with light or dark colors.</summary>
    public static async Task ScreenshotAsync(this IPage page, string name, int width, ColorScheme scheme)
    {
        await page.SetViewportSizeAsync(width, 900);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await page.AssertFitsAsync();
        await page.ScreenshotAsync(name, whole: true);
    }

    /// <summary>Nothing sticks out at the side.</summary>
    public static async Task AssertFitsAsync(this IPage page) =>
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
            "the page is wider than the window");
}
