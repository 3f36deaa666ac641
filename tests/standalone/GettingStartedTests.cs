using System.Text;
using Microsoft.Playwright;
using Switchboard.Testing.Browser;
using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests;

/// <summary>The page that docs/getting-started.md has its readers write.</summary>
public sealed class GettingStartedTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Page_SaysHello_AndShowsWhatMembersAndServersSay()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        IPage ann = await chromium.NewPageAsync();
        await ann.GotoAsync($"{server.Address}?user=ann&room=lobby");
        await ann.ExpectAsync("[data-testid=status][data-state=online]");
        IPage eve = await chromium.NewPageAsync();
        await eve.RouteAsync("**/hello.html", route => route.FulfillAsync(new() { ContentType = "text/html", Body = Page() }));
        await eve.GotoAsync($"{server.Address}hello.html");
        await ann.WaitForTextsAsync("hello from a page");
        await ann.SayAsync("hello eve");
        using HttpClient http = new();
        using StringContent publish = new("""{"room": "lobby", "data": "hello from a server"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync(new Uri(server.Address, "api/v1/publish"), publish);
        answer.EnsureSuccessStatusCode();

        await eve.WaitForFunctionAsync("document.querySelectorAll('li').length === 3");
        Assert.Equal(
            ["eve: hello from a page", "ann: hello eve", "server: hello from a server"],
            await eve.Locator("li").AllTextContentsAsync());
    }

    private static string Page()
    {
        string manual = Checkout.Read("docs/getting-started.md");
        int start = manual.IndexOf("```html\n", StringComparison.Ordinal) + "```html\n".Length;
        return manual[start..manual.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
