using Switchboard.Core.Rooms;
using Switchboard.Core.Rooms.Logic;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms.Logic;

public class LogicMembersTests
{
    private const long Grace = 1_000;

    private static readonly PresenceMember Ann = new(Some.Ann, Some.AnnsPhone, default);
    private static readonly PresenceMember Bob = new(Some.Bob, Some.BobsPhone, default);

    private readonly LogicMembers _members = new(Grace);

    [Fact]
    public void Join_OfOneWhoIsThere_IsNoNews()
    {
        Assert.True(_members.Join(Ann));
        Assert.False(_members.Join(Ann));
        Assert.True(_members.Leave(Ann.Connection));
        Assert.False(_members.Leave(Ann.Connection));
    }

    [Fact]
    public void Reset_OfARoomThatCameUpAnew_KeepsWhoIsNotBackYetUntilTheGraceIsOver()
    {
        _members.Join(Ann);
        _members.Join(Bob);

        Assert.Empty(_members.Reset([Bob], 0));
        Assert.Empty(_members.DropMissing(Grace - 1));
        Assert.Equal([Ann], _members.DropMissing(Grace));

        Assert.Equal([Bob], _members.All);
    }

    [Fact]
    public void Reset_WhoComesBackInTime_HasNeverLeft()
    {
        _members.Join(Ann);
        _members.Reset([], 0);

        Assert.False(_members.Join(Ann));

        Assert.Empty(_members.DropMissing(Grace));
        Assert.Equal([Ann], _members.All);
    }

    [Fact]
    public void Reset_AgainMeanwhile_DoesNotBeginTheGraceAnew()
    {
        _members.Join(Ann);
        _members.Reset([], 0);
        _members.Reset([Bob], Grace / 2);

        Assert.Equal([Ann], _members.DropMissing(Grace));
    }
}
