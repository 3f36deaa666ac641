using Microsoft.Playwright;

namespace Switchboard.Testing.Browser;

/// <summary>What tests of pages have in common.</summary>
internal static class PageExtensions
{
    /// <summary>The width of a telephone.</summary>
    public const int Phone = 390;

    /// <summary>The root of the repository.</summary>
    public static DirectoryInfo Checkout { get; } = FindCheckout();

    /// <summary>Waits until there is such an element, whether it can be seen or not.</summary>
    public static Task ExpectAsync(this IPage page, string selector) =>
        page.Locator(selector).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

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
    public static async Task ScreenshotAsync(this IPage page, string name)
    {
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Checkout.FullName, "artifacts", "screenshots", name + ".png"),
        });
    }

    /// <summary>Nothing sticks out at the side.</summary>
    public static async Task AssertFitsAsync(this IPage page) =>
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "the page is wider than the window");

    private static DirectoryInfo FindCheckout()
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Cluster.sln")))
        {
            root = root.Parent!;
        }

        return root;
    }
}
