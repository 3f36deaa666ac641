using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Switchboard.Client.Tests.Testing;
using Switchboard.Core.InProcess;
using Switchboard.Gateway.Identity.Tokens;
using ContractEdge = Switchboard.ClientContract.Harness.ContractEdge;

namespace Switchboard.Client.Tests.Servers;

/// <summary>Tokens, with a real gateway that verifies them.</summary>
public sealed class TokenTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("0123456789abcdef0123456789ABCDEF");

    [Theory]
    [MemberData(nameof(TransportTests.Transports), MemberType = typeof(TransportTests))]
    public async Task TokenThatIsAboutToEnd_IsReplaced_WithoutABreak(TransportKind transport)
    {
        await using InProcessBackplane backplane = new(new InProcessOptions(), TimeProvider.System);
        await using ContractEdge edge = await StartAsync(backplane);
        int asked = 0;
        await using SwitchboardClient ann = new(new SwitchboardClientOptions
        {
            Url = edge.Address,
            Transports = [transport],
            TokenProvider = _ => ValueTask.FromResult(Token("ann", seconds: ++asked == 1 ? 60 : 3600)),
        });
        int breaks = 0;
        ann.StateChanged += change => breaks += change.State == ConnectionState.Reconnecting ? 1 : 0;

        await ann.ConnectAsync().WithinAsync("the connection");
        await Waiting.UntilAsync(() => asked >= 2, "the fresh token");

        await ann.Room("lobby").JoinAsync().WithinAsync("the join");
        Assert.Equal(1, (await ann.Room("lobby").PublishAsync("x").WithinAsync("the answer")).Offset);
        Assert.Equal("ann", ann.User);
        Assert.Equal(0, breaks);
    }

    [Theory]
    [MemberData(nameof(TransportTests.Transports), MemberType = typeof(TransportTests))]
    public async Task TokenThatIsRefused_EndsTheClient(TransportKind transport)
    {
        await using InProcessBackplane backplane = new(new InProcessOptions(), TimeProvider.System);
        await using ContractEdge edge = await StartAsync(backplane);
        await using SwitchboardClient ann = new(new SwitchboardClientOptions
        {
            Url = edge.Address,
            Transports = [transport],
            Token = Token("ann", seconds: -60),
        });

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => ann.ConnectAsync().WithinAsync("the refusal"));

        Assert.Equal(ErrorCodes.Unauthorized, error.Code);
        Assert.Equal(ConnectionState.Closed, ann.State);
    }

    private static Task<ContractEdge> StartAsync(InProcessBackplane backplane) => ContractEdge.StartAsync(
        backplane,
        TimeSpan.FromSeconds(10),
        options =>
        {
            // The first token ends within this, so that the client is told at once; the second one does not.
            options.Access.Tokens.Warning = TimeSpan.FromMinutes(10);
            options.Access.Tokens.Keys.Add(new TokenKeyOptions
            {
                Id = "h",
                Algorithm = TokenAlgorithm.HS256,
                Secret = Convert.ToBase64String(Secret),
            });
        });

    private static string Token(string user, int seconds)
    {
        long exp = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;
        string signed = Base64("""{"alg":"HS256","kid":"h"}""") + "." + Base64(
            $$$"""{"sub":"{{{user}}}","exp":{{{exp}}},"switchboard":{"caps":[{"rooms":"*","allow":["join","publish","presence","history"]}]}}""");
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Base64(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
