using System.Text;
using Switchboard.Contract.Harness;
using Switchboard.Core.Backplane;
using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;

namespace Switchboard.Contract;

/// <summary>How a request reaches the edge that holds its connection, wherever it came in.</summary>
public abstract class ForwardContract(BackplaneHarness harness) : BackplaneContract(harness)
{
    [Fact]
    public async Task Forward_FromEitherEdge_ReachesTheOneThatHoldsTheConnection()
    {
        TestConnection connection = await First.OpenAsync(NewUser());

        ForwardResult here = await ForwardAsync(First, connection, "here");
        ForwardResult there = await ForwardAsync(Second, connection, "there");

        Assert.Equal(new ForwardResult(BackplaneStatus.Ok, new ReceiveResult(ReceiveStatus.Taken, 2)), here);
        Assert.Equal(here, there);
        Assert.Equal([(1L, "here"), (1L, "there")], First.Recorder.RequestsFor(connection.Id));
    }

    [Fact]
    public async Task Forward_AfterAResume_ReachesTheNewHolder()
    {
        TestConnection old = await First.OpenAsync(NewUser());
        TestConnection resumed = await old.ResumeAsync(Second);

        ForwardResult result = await ForwardAsync(First, resumed, "to the new one");

        Assert.Equal(new ReceiveResult(ReceiveStatus.Taken, 3), result.Received);
        Assert.Equal([(2L, "to the new one")], Second.Recorder.RequestsFor(old.Id));
    }

    [Fact]
    public async Task Forward_ToADetachedConnection_FindsNoSession()
    {
        TestConnection connection = await First.OpenAsync(NewUser());
        await connection.DetachAsync();

        ForwardResult result = await ForwardAsync(Second, connection, "to nobody");

        Assert.Equal(new ForwardResult(BackplaneStatus.Ok, default), result);
    }

    [Fact]
    public async Task Forward_WithoutItsToken_IsRefused()
    {
        TestConnection victim = await First.OpenAsync(NewUser());
        string forged = victim.Token[..^1] + (victim.Token[^1] == 'A' ? 'B' : 'A');
        string unknown = ResumeToken.Create(ConnectionId.Create(new CryptoRandomSource()), new CryptoRandomSource());

        Assert.Equal(BackplaneStatus.NoSuchConnection, await StatusAsync(victim.User, "nonsense"));
        Assert.Equal(BackplaneStatus.NoSuchConnection, await StatusAsync(victim.User, unknown));
        Assert.Equal(BackplaneStatus.WrongToken, await StatusAsync(victim.User, forged));
        Assert.Equal(BackplaneStatus.ForeignToken, await StatusAsync(NewUser(), victim.Token));
        Assert.Empty(First.Recorder.RequestsFor(victim.Id));

        async Task<BackplaneStatus> StatusAsync(UserName user, string token) =>
            (await Second.Backplane.ForwardAsync(user, token, default).WithinAsync("forward")).Status;
    }

    private static Task<ForwardResult> ForwardAsync(TestEdge edge, TestConnection connection, string request) =>
        edge.Backplane.ForwardAsync(connection.User, connection.Token, Encoding.UTF8.GetBytes(request)).WithinAsync("forward");
}
