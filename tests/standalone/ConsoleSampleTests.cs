using System.Diagnostics;
using Microsoft.Playwright;
using Switchboard.Testing.Browser;

namespace Switchboard.Standalone.Tests;

/// <summary>samples/console, in a room with samples/chat.</summary>
public sealed class ConsoleSampleTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Program_AndPage_TalkInTheLobby()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        IPage ann = await chromium.NewPageAsync();
        await ann.GotoAsync($"{server.Address}?user=ann&room=lobby");
        await ann.ExpectAsync("[data-testid=status][data-state=online]");
        using Process bob = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Switchboard.Samples.Console.dll"), "bob", server.Address.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            await ann.ExpectAsync("[data-testid=member][data-user=bob]");
            await ann.SayAsync("hello bob");
            Assert.Equal("ann: hello bob", await bob.StandardOutput.ReadLineAsync().WaitAsync(Patience));
            await bob.StandardInput.WriteLineAsync("hello ann");
            await ann.WaitForTextsAsync("hello bob", "hello ann");
            bob.StandardInput.Close();
            await bob.WaitForExitAsync().WaitAsync(Patience);

            Assert.Equal(0, bob.ExitCode);
            await ann.WaitForFunctionAsync("!document.querySelector('[data-testid=member][data-user=bob]')");
        }
        finally
        {
            if (!bob.HasExited)
            {
                bob.Kill();
            }
        }
    }

    [Fact]
    public void GettingStarted_ShowsTheProgramAsItIs()
    {
        DirectoryInfo root = PageExtensions.Checkout;
        string program = File.ReadAllText(Path.Combine(root.FullName, "samples", "console", "Program.cs"));

        Assert.Contains($"```csharp\n{program}```", File.ReadAllText(Path.Combine(root.FullName, "docs", "getting-started.md")), StringComparison.Ordinal);
        Assert.InRange(program.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line is not ("{" or "}")), 1, 10);
    }
}
