using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Attacks;

/// <summary>Resume tokens that were stolen, or are being guessed.</summary>
public sealed class ResumeTokenTests
{
    [Fact]
    public async Task Token_ThatWasStolen_IsWorthNothingToAnotherUser()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient eve = await host.ClientAsync("eve");

        (await eve.ConnectAsync(Resume(ann.Token))).ShouldBeError("resume_foreign");

        Assert.Equal("pong", (await ann.AskAsync("""{"type":"ping"}""")).Type());
    }

    [Fact]
    public async Task Token_WithASecretThatIsAlmostRight_IsRefusedAndTheConnectionStaysWithItsOwner()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await using TestClient thief = await host.ClientAsync("ann");
        foreach (int at in new[] { ann.Token.Length - 1, ann.Token.IndexOf('.', StringComparison.Ordinal) + 1 })
        {
            string wrong = ann.Token[..at] + (ann.Token[at] == 'A' ? 'B' : 'A') + ann.Token[(at + 1)..];
            (await thief.ConnectAsync(Resume(wrong))).ShouldBeError("resume_wrong");
        }

        Assert.Equal("pong", (await ann.AskAsync("""{"type":"ping"}""")).Type());
    }

    [Fact]
    public async Task Guesses_OnOneSocket_EndWith4502()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options => options.Limits.MaxFailedResumes = 3);
        using Counters counters = new(host);
        await using TestClient eve = await host.ClientAsync("eve");
        for (int i = 0; i < 2; i++)
        {
            (await eve.ConnectAsync(Resume(Guess(i)))).ShouldBeError("resume_expired");
        }

        await eve.SendAsync($$"""{"type":"connect"{{Resume(Guess(2))}}}""");

        Assert.Equal(4502, await eve.ClosedAsync());
        Assert.Equal(1, counters["limits"]);
    }

    [Fact]
    public async Task Guesses_FromOneAddressOverManySockets_AreNotEvenLookedAt()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(options =>
        {
            options.Limits.PerAddress.Loopback = true;
            options.Limits.PerAddress.FailedResumesPerMinute = 6;
            options.Limits.PerAddress.FailedResumeBurst = 2;
        });
        await using TestClient ann = await host.ConnectAsync("ann");
        for (int i = 0; i < 2; i++)
        {
            await using TestClient eve = await host.ClientAsync("eve");
            (await eve.ConnectAsync(Resume(Guess(i)))).ShouldBeError("resume_expired");
        }

        await using TestClient again = await host.ClientAsync("eve");
        JsonElement refused = await again.ConnectAsync(Resume(Guess(9)));

        refused.ShouldBeError("too_fast");
        Assert.Equal(10_000, refused.Number("retryAfter"));
        Assert.Equal("welcome", (await again.ConnectAsync()).Type());
        Assert.Equal("pong", (await ann.AskAsync("""{"type":"ping"}""")).Type());
    }

    private static string Resume(string token) => $$""","resume":"{{token}}" """;

    private static string Guess(int i) => $"{new string('A', 21)}{i}.{new string('B', 22)}";
}
