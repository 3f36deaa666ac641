using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Testing.Browser;
using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests;

/// <summary>Headless Chromium on the console of the program.</summary>
public sealed class ConsoleTests : IAsyncLifetime
{
    private const string Hostile = "<img src=x onerror=alert(1)>\u202Egnp.";

    private const string Shown = "<img src=x onerror=alert(1)>⟨U+202E⟩gnp.";

    private static readonly (string Key, string Hash) Operator = ApiKey.Create(new CryptoRandomSource());
    private static readonly (string Key, string Hash) Reader = ApiKey.Create(new CryptoRandomSource());

    private ServerProcess _server = null!;
    private Chromium _chromium = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        const string Keys = "--Switchboard:Gateway:Access:ApiKeys";
        _server = await ServerProcess.StartAsync(
            $"{Keys}:0:Name=operator", $"{Keys}:0:Hash={Operator.Hash}", $"{Keys}:0:Roles:0=Admin",
            $"{Keys}:1:Name=reader", $"{Keys}:1:Hash={Reader.Hash}", $"{Keys}:1:Roles:0=Read");
        _chromium = await Chromium.StartAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Door_WithWrongKeys_StaysShut_AndOpensWithAnAdmins()
    {
        IPage page = await _chromium.NewPageAsync();
        await page.GotoAsync(Url(""));
        await page.ExpectAsync("[data-testid=key]");
        Assert.Equal("", await page.Locator("[data-testid=refusal]").InnerTextAsync());
        await ShootAsync(page, "door-desktop-light");

        await EnterAsync(page, "sbk_wrong");
        await page.ExpectAsync("[data-testid=refusal]:has-text('not known')");
        await EnterAsync(page, Reader.Key);
        await page.ExpectAsync("[data-testid=refusal]:has-text('lacks the role Admin')");
        await EnterAsync(page, Operator.Key);

        await page.ExpectAsync("[data-testid=status][data-state=live]");
        await page.ReloadAsync();
        await page.ExpectAsync("[data-testid=status][data-state=live]");
        await page.ClickAsync("#leave");
        await page.ExpectAsync("[data-testid=key]");
        await page.ReloadAsync();
        await page.ExpectAsync("[data-testid=key]");
    }

    [Fact]
    public async Task Door_WithWhatCanNotBeAKey_SaysSo_AndOpensWithOne()
    {
        IPage page = await _chromium.NewPageAsync();
        await page.GotoAsync(Url(""));

        await EnterAsync(page, "sbk_…");
        await page.ExpectAsync("[data-testid=refusal]:has-text('no API key')");
        await EnterAsync(page, Operator.Key);

        await page.ExpectAsync("[data-testid=status][data-state=live]");
    }

    [Fact]
    public async Task Key_ForgottenWhileAnAnswerIsOnItsWay_StaysForgotten()
    {
        IPage page = await OpenAsync();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/api/v1/nodes", async route =>
        {
            asked.TrySetResult();
            await left.Task;
            await route.ContinueAsync();
        });
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await page.ClickAsync("#leave");
        await page.RunAndWaitForResponseAsync(() => Task.FromResult(left.TrySetResult()), "**/api/v1/nodes");
        await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");

        await page.ExpectAsync("[data-testid=status][data-state=waiting]:has-text('no key')");
    }

    [Fact]
    public async Task Node_ThatWasGoneForAMoment_IsShownAsItIs()
    {
        const string Gone = "main:has-text('It is not there any more')";
        IPage page = await OpenAsync();
        await page.Locator("[data-testid=to-node]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ExpectAsync("main:has-text('It is the only node')");
        Assert.Equal("place", await page.EvaluateAsync<string>("document.activeElement.id"));

        await page.RouteAsync("**/api/v1/nodes", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "application/json", Body = """{"time":1,"nodes":[],"complete":false}""",
        }));
        await page.ExpectAsync(Gone);
        await page.UnrouteAsync("**/api/v1/nodes");

        await page.ExpectAsync("main:has-text('It is the only node')");
    }

    [Fact]
    public async Task Console_OfABusyProgram_ShowsItsNodeRoomsAndPeople()
    {
        await using Crowd crowd = await Crowd.StartAsync(_chromium, _server, rooms: 12);
        IPage page = await OpenAsync();

        await page.ExpectAsync("[data-testid=nodes] a:has-text('standalone')");
        await page.ExpectAsync("[data-testid=nodes] .lamp[data-state=ready]");
        await page.ExpectAsync(".plot:has-text('Messages in') .line[d*=L]");
        // Some history, so that the pictures show something.
        await crowd.RunAsync(60);
        await ShootAllAsync(page, "cluster");

        await page.Locator(".plot:has-text('Connections') .field").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        string? read = await page.Locator(".plot:has-text('Connections') .field").First.GetAttributeAsync("aria-valuetext");
        Assert.Matches(@"^\d+ at \d\d:\d\d:\d\d$", read);
        await page.Locator(".plot:has-text('Connections') summary").First.ClickAsync();
        await page.ExpectAsync(".plot:has-text('Connections') tbody tr");

        await page.ClickAsync("[data-testid=to-node]");
        await page.ExpectAsync("main:has-text('It is the only node')");
        await page.ExpectAsync("[data-testid=to-connection]");
        Assert.Equal(0, await page.Locator("[data-testid=drain]").CountAsync());
        await ShootAsync(page, "node-desktop-light");

        await page.ClickAsync("nav a:has-text('Rooms')");
        await page.FillAsync("[data-testid=pattern]", "table-*");
        await page.Keyboard.PressAsync("Enter");
        await page.ExpectAsync("[data-testid=rooms]:not(:has-text('lobby'))");
        await ShootAsync(page, "rooms-desktop-light");
        await page.ClickAsync("[data-testid=to-room]:has-text('table-1')");
        await page.ExpectAsync("[data-testid=members] [data-testid=to-user]:has-text('ann')");
    }

    [Fact]
    public async Task Room_WithHostileTexts_ShowsThemAsText()
    {
        await using Crowd crowd = await Crowd.StartAsync(_chromium, _server, rooms: 1);
        await crowd.SayAsync("ann", Hostile, Hostile);
        await PublishAsync(new { room = Hostile, data = new { text = Hostile }, @class = "latest", slot = Hostile });
        IPage page = await OpenAsync();
        List<string> dialogs = [];
        page.Dialog += (_, dialog) =>
        {
            dialogs.Add(dialog.Message);
            _ = dialog.DismissAsync();
        };

        await page.ClickAsync("nav a:has-text('Rooms')");
        await page.ClickAsync("[data-testid=to-room]:has-text('onerror')");
        await page.ExpectAsync("[data-testid=message]:has-text('the server')");
        await page.ExpectAsync("[data-testid=message]:has-text('ann')");
        await page.ExpectAsync("[data-testid=members] [data-testid=to-user]");

        Assert.Equal(Shown, await page.Locator("[data-testid=room-name]").TextContentAsync());
        Assert.Contains("<img src=x onerror", await page.Locator("[data-testid=message] pre").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        Assert.Empty(dialogs);
        await ShootAsync(page, "hostile-desktop-light");

        // What would have to go wrong before a text could do harm, is forbidden besides.
        string refused = await page.EvaluateAsync<string>(
            """
            async () => {
              const names = [];
              const attempts = [
                () => { document.body.innerHTML = '<b>'; },
                () => document.createElement('b').setAttribute('onclick', 'alert(2)'),
                () => { document.createElement('script').text = 'alert(3)'; },
              ];
              for (const attempt of attempts) {
                try { attempt(); names.push('done'); } catch (error) { names.push(error.name); }
              }
              const violation = new Promise(resolve =>
                addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
                  effectiveDirective === 'img-src' && resolve(effectiveDirective)));
              new Image().src = 'http://127.0.0.1:1/elsewhere.png';
              return [...names, await violation].join(' ');
            }
            """);
        Assert.Equal("TypeError TypeError TypeError img-src", refused);
        Assert.Empty(dialogs);
    }

    [Fact]
    public async Task Room_UserAndConnection_AreLookedInto_AndDisconnected()
    {
        await using Crowd crowd = await Crowd.StartAsync(_chromium, _server, rooms: 3);
        IPage page = await OpenAsync();
        await page.FillAsync("[data-testid=find-name]", "lobby");
        await page.Keyboard.PressAsync("Enter");
        await page.ExpectAsync("[data-testid=members] [data-testid=to-user]:has-text('bob')");
        await crowd.RunAsync(40);
        await page.ExpectAsync("[data-testid=message]");
        await page.ExpectAsync(".plot .line[d*=L]");
        await ShootAllAsync(page, "room");

        await page.ClickAsync("[data-testid=members] [data-testid=to-user]:has-text('bob')");
        await page.ExpectAsync("h1:has-text('bob')");
        await ShootAsync(page, "user-desktop-light");
        await page.ClickAsync("main [data-testid=to-connection]");
        await page.ExpectAsync("main [data-testid=to-room]:has-text('lobby')");
        await ShootAsync(page, "connection-phone-dark", phone: true, dark: true);

        await page.ClickAsync("[data-testid=disconnect]");
        await page.ClickAsync("[data-testid=ask-no]");
        await page.ClickAsync("[data-testid=disconnect]");
        await ShootAsync(page, "ask-desktop-light");
        await page.ClickAsync("[data-testid=ask-yes]");

        await page.ExpectAsync("[data-testid=toast]:has-text('The connection was ended')");
        await page.ExpectAsync("[data-testid=trouble]:has-text('no such connection')");
        Assert.Equal(4504, await crowd.ClosedAsync("bob"));
    }

    [Fact]
    public async Task Console_InDevelopment_NeedsNoKey_AndDisconnects()
    {
        await using ServerProcess open = await ServerProcess.StartAsync();
        await using Crowd crowd = await Crowd.StartAsync(_chromium, open, rooms: 1);
        IPage page = await _chromium.NewPageAsync();

        await page.GotoAsync(new Uri(open.Address, "/console#/user/ann").ToString());
        await page.ClickAsync("[data-testid=disconnect-user]");
        await page.ClickAsync("[data-testid=ask-yes]");

        await page.ExpectAsync("[data-testid=toast]:has-text('One connection was ended')");
        Assert.Equal(4504, await crowd.ClosedAsync("ann"));
    }

    [Fact]
    public async Task Console_WithoutAnAdminsKey_SaysHowToTurnItOn()
    {
        await using ServerProcess off = await ServerProcess.StartAsync("--Switchboard:Gateway:Access:DevelopmentIdentity=Never");
        IPage page = await _chromium.NewPageAsync();

        await page.GotoAsync(new Uri(off.Address, "/console").ToString());

        await page.ExpectAsync("[data-testid=off]:has-text('--new-api-key')");
        await ShootAsync(page, "off-desktop-light");
    }

    private static async Task EnterAsync(IPage page, string key)
    {
        await page.FillAsync("[data-testid=key]", key);
        await page.ClickAsync("[data-testid=enter]");
    }

    private static async Task ShootAllAsync(IPage page, string name)
    {
        foreach (bool phone in new[] { false, true })
        {
            foreach (bool dark in new[] { false, true })
            {
                await ShootAsync(page, $"{name}-{(phone ? "phone" : "desktop")}-{(dark ? "dark" : "light")}", phone, dark);
            }
        }
    }

    private static Task ShootAsync(IPage page, string name, bool phone = false, bool dark = false) => page.ScreenshotAsync(
        $"console-{name}", phone ? PageExtensions.Phone : 1280, dark ? ColorScheme.Dark : ColorScheme.Light);

    private string Url(string rest) => new Uri(_server.Address, "/console" + rest).ToString();

    private async Task<IPage> OpenAsync()
    {
        IPage page = await _chromium.NewPageAsync();
        await page.GotoAsync(Url(""));
        await EnterAsync(page, Operator.Key);
        await page.ExpectAsync("[data-testid=status][data-state=live]");
        return page;
    }

    private async Task PublishAsync(object body)
    {
        using HttpClient http = new();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Operator.Key);
        using StringContent content = new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri(_server.Address, "/api/v1/publish"), content)).EnsureSuccessStatusCode();
    }
}
