using Microsoft.Playwright;
using Switchboard.Testing.Browser;
using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests;

/// <summary>samples/console, in a room with samples/chat.</summary>
public sealed class ConsoleSampleTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Program_AndPage_TalkInTheLobby()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        IPage ann = await chromium.NewPageAsync();
        await ann.GotoAsync($"{server.Address}?user=ann&room=lobby");
        await ann.ExpectAsync("[data-testid=status][data-state=online]");
        await using RunningProgram bob = RunningProgram.StartTalking(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Switchboard.Samples.Console.dll"), "bob", server.Address.ToString()],
            static _ => false);
        await ann.ExpectAsync("[data-testid=member][data-user=bob]");
        await ann.SayAsync("hello bob");
        await bob.SaysAsync("what ann said", static output => output.Contains("ann: hello bob\n", StringComparison.Ordinal));
        await bob.SayAsync("hello ann");
        await ann.WaitForTextsAsync("hello bob", "hello ann");
        bob.EndInput();

        Assert.Equal(0, await bob.EndAsync());
        await ann.WaitForFunctionAsync("!document.querySelector('[data-testid=member][data-user=bob]')");
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/getting-started.md")]
    [InlineData("clients/dotnet/README.md")]
    public void Manual_ShowsTheProgramAsItIs(string page)
    {
        string program = Checkout.Read("samples/console/Program.cs");

        Assert.Contains($"```csharp\n{program}```", Checkout.Read(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Program_HasTenLinesAtMost()
    {
        string program = Checkout.Read("samples/console/Program.cs");

        Assert.InRange(program.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line is not ("{" or "}")), 1, 10);
    }
}
