using System.Threading.Channels;
using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Session;

public sealed class HeartbeatTests
{
    [Fact]
    public async Task SilentLink_IsAskedAndThenGivenUp()
    {
        await using ClientRig rig = new();
        FakeLink link = await rig.ConnectAsync();

        rig.Time.Advance(TimeSpan.FromSeconds(16));
        await link.ExpectAsync("ping");
        Task<FakeLink> next = rig.NextLinkAsync();

        FakeLink other = await next.WithinAsync("another link");
        Assert.True(link.IsAborted);
        await other.WelcomeAsync(resumed: true);
        Assert.Contains("heartbeat", (await rig.StateAsync(ConnectionState.Reconnecting)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinkThatIsHeardOf_IsKept()
    {
        await using ClientRig rig = new();
        Channel<DirectMessage> seen = Channel.CreateUnbounded<DirectMessage>();
        rig.Client.Message += message => seen.Writer.TryWrite(message);
        FakeLink link = await rig.ConnectAsync();

        for (int i = 0; i < 5; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(16));
            await link.ExpectAsync("ping");
            link.Give("{'type':'pong','time':1}");
            link.Give($"{{'type':'message','feed':'user','offset':{6 + i},'time':1,'data':1}}");
            await seen.Reader.ReadAsync().WithinAsync("the message behind the pong");
        }

        Assert.Equal(ConnectionState.Connected, rig.Client.State);
        Assert.False(link.IsAborted);
    }
}
