using System.Threading.Channels;
using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Session;

/// <summary>Who gives tokens is the program: it may be slow, fail, or give none.</summary>
public sealed class TokenProviderTests
{
    [Fact]
    public async Task Provider_WhoseOwnTimeOutIsOver_IsNotTheWaysFault()
    {
        int asked = 0;
        await using ClientRig rig = new(
            options => options with
            {
                TokenProvider = _ => ++asked == 1 ? throw new TaskCanceledException("on purpose") : ValueTask.FromResult("token"),
            },
            transports: 2);
        Task connecting = rig.Client.ConnectAsync();

        await (await rig.NextLinkAsync()).WelcomeAsync();

        await connecting.WithinAsync("the welcome");
        Assert.Equal(0, rig.Transports[1].Attempts);
        await Waiting.UntilAsync(
            () => rig.Changes.Any(change => change.Reason == "the token provider failed: on purpose"), "the reason");
    }

    [Fact]
    public async Task Provider_ThatNeverAnswers_HoldsUpNeitherTheNextAttemptNorTheEnd()
    {
        int asked = 0;
        await using ClientRig rig = new(
            options => options with
            {
                TokenProvider = async _ =>
                {
                    asked++;
                    await Task.Delay(Timeout.Infinite, CancellationToken.None);
                    return "never";
                },
            },
            transports: 2);
        _ = rig.Client.ConnectAsync();

        await rig.PassUntilAsync(Waiting.UntilAsync(() => asked == 3, "the attempts"), "the attempts");
        await rig.Client.CloseAsync().WithinAsync("the end");

        Assert.Equal(0, rig.Transports[1].Attempts);
    }

    [Fact]
    public async Task RoomToken_ThatIsNone_IsToldToWhoJoins_AndNotAskedForAgainAndAgain()
    {
        int asked = 0;
        await using ClientRig rig = new();
        await rig.ConnectAsync();

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => rig.Client.Room("r").JoinAsync(
            new JoinOptions
            {
                Token = _ =>
                {
                    asked++;
                    return ValueTask.FromResult<string>(null!);
                },
            }).WithinAsync("the refusal"));

        Assert.Equal(ErrorCodes.Unauthorized, error.Code);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task RoomToken_ThatFailsAfterAReconnect_IsToldAsTheEndOfTheMembership()
    {
        int asked = 0;
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync(new JoinOptions
        {
            Token = _ => ++asked == 1 ? ValueTask.FromResult("token") : throw new InvalidOperationException("on purpose"),
        });
        Channel<string?> left = Channel.CreateUnbounded<string?>();
        rig.Client.Room("r").Left += reason => left.Writer.TryWrite(reason);

        FakeLink next = await rig.BreakAsync(link);
        await next.WelcomeAsync(resumed: true);

        Assert.Equal(ErrorCodes.Unauthorized, await left.Reader.ReadAsync().WithinAsync("the end of the membership"));
    }

    [Fact]
    public async Task Publish_ToARoomThatWaitsForItsToken_WaitsForTheJoin()
    {
        TaskCompletionSource<string> second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0;
        await using ClientRig rig = new();
        FakeLink link = await rig.JoinAsync(new JoinOptions
        {
            Token = _ => ++asked == 1 ? ValueTask.FromResult("first") : new ValueTask<string>(second.Task),
        });
        Task<Position> publishing = rig.Client.Room("r").PublishAsync("x").AsTask();
        await link.ExpectAsync("publish");

        FakeLink next = await rig.BreakAsync(link);
        await next.WelcomeAsync(resumed: true);
        await Waiting.UntilAsync(() => asked == 2, "the question for a token");
        next.Message(11);
        Task<Position> sending = rig.Client.SendToUserAsync("bob", "y").AsTask();
        await next.ExpectAsync("send");
        next.ExpectNothing();
        second.SetResult("second");

        await next.JoinedAsync("r");
        next.Published(await next.ExpectAsync("publish"), 12);
        Assert.Equal(12, (await publishing.WithinAsync("the answer")).Offset);
        Assert.False(sending.IsCompleted);
    }
}
