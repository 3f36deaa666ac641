using Switchboard.Client.Session;
using Switchboard.Client.Tests.Testing;

namespace Switchboard.Client.Tests.Session;

public sealed class TransportChoiceTests
{
    private static readonly LinkEnd NoWay = new(LinkEnd.Abnormal, "refused with 404") { Status = 404, MayBeTheWay = true };

    [Fact]
    public async Task WayThatIsClosed_IsFollowedByTheNext_AtOnce()
    {
        await using ClientRig rig = new(transports: 3);
        rig.Transports[0].Refusals.Enqueue(NoWay);
        Task connecting = rig.Client.ConnectAsync();

        FakeLink link = await rig.Transports[1].NextAsync().WithinAsync("a link of the second way");
        await link.WelcomeAsync();

        await connecting.WithinAsync("the welcome");
        link.End(1006);
        await (await rig.NextLinkAsync(transport: 1)).WelcomeAsync(resumed: true);
        Assert.Equal(1, rig.Transports[0].Attempts);
    }

    [Fact]
    public async Task WayThatHasWorked_IsTriedAgain_HoweverItEnds()
    {
        await using ClientRig rig = new(transports: 2);
        FakeLink link = await rig.ConnectAsync();
        rig.Transports[0].Refusals.Enqueue(new LinkEnd(LinkEnd.Abnormal, "refused with 502") { Status = 502, MayBeTheWay = true });

        await (await rig.BreakAsync(link)).WelcomeAsync(resumed: true);

        Assert.Equal(3, rig.Transports[0].Attempts);
        Assert.Equal(0, rig.Transports[1].Attempts);
    }

    [Fact]
    public async Task ServerThatDoesNotListen_IsNotTheWaysFault()
    {
        await using ClientRig rig = new(transports: 2);
        rig.Transports[0].Refusals.Enqueue(new LinkEnd(LinkEnd.Abnormal, "connection refused"));
        Task connecting = rig.Client.ConnectAsync();

        await (await rig.NextLinkAsync()).WelcomeAsync();

        await connecting.WithinAsync("the welcome");
        Assert.Equal(0, rig.Transports[1].Attempts);
    }

    [Fact]
    public async Task AllWaysClosed_EndsTheClient()
    {
        await using ClientRig rig = new(transports: 2);
        rig.Transports[0].Refusals.Enqueue(NoWay);
        rig.Transports[1].Refusals.Enqueue(NoWay);

        SwitchboardException error = await Assert.ThrowsAsync<SwitchboardException>(() => rig.Client.ConnectAsync());

        Assert.Equal(ErrorCodes.Unreachable, error.Code);
    }
}
