using Switchboard.Core.Backplane;
using Switchboard.Core.Rooms;
using Switchboard.Core.Tests.Testing;

namespace Switchboard.Core.Tests.Rooms;

public class RoomOccupancyTests
{
    private readonly RoomHarness _room = new();
    private readonly RecordingObserver _observer = new();

    public RoomOccupancyTests() => _room.Room.BackplaneObserver = _observer;

    [Fact]
    public void Members_WhoComeAndGo_AreToldOfTheFirstAndTheLast()
    {
        _room.Join(Some.AnnsPhone);
        _room.Join(Some.AnnsPhone);
        _room.Join(Some.BobsPhone, edge: Some.OtherEdge);
        _room.Leave(Some.AnnsPhone);
        Assert.Equal(["occupied room"], _observer.Events);

        _room.Leave(Some.BobsPhone);
        _room.Leave(Some.BobsPhone);
        _room.JoinDetached(Some.AnnsLaptop);

        Assert.Equal(["occupied room", "vacated room", "occupied room"], _observer.Events);
    }

    [Fact]
    public void Members_WhoAreDetached_StillOccupy()
    {
        _room.Join(Some.AnnsPhone);
        _room.Room.DetachEdge(Some.Edge);
        _room.Rejoin(Some.AnnsPhone, attachment: 2);

        Assert.Equal(["occupied room"], _observer.Events);
    }

    [Fact]
    public void Room_ThatCameUpAnew_IsToldWithItsFirstMemberAgain()
    {
        MemberClaim ann = new(Some.AnnsPhone, Some.Ann, Some.Edge, 1, false, default);
        MemberClaim bob = new(Some.BobsPhone, Some.Bob, Some.OtherEdge, 1, false, default);

        _room.Room.Reattach(ann, seen: null, _room.Now);
        _room.Room.Reattach(ann, seen: null, _room.Now);
        _room.Room.Reattach(bob, seen: null, _room.Now);

        Assert.Equal(["occupied room"], _observer.Events);
    }

    [Fact]
    public void Room_ThatMoved_IsNotToldAgain()
    {
        _room.Join(Some.AnnsPhone);
        Room moved = new(Some.Room, new RoomOptions(), _room.Room.Save(), _room.Now) { BackplaneObserver = _observer };
        moved.Leave(Some.AnnsPhone, _room.Now);

        Assert.Equal(["occupied room", "vacated room"], _observer.Events);
    }
}
