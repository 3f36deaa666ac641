namespace Switchboard.GrainInterfaces.Rooms.Logic;

/// <summary>Has the say in a room; its key is the room's name, its type the one that the room's kind names.</summary>
[Alias("switchboard.room-logic")]
public interface IRoomLogicGrain : IGrainWithStringKey
{
    /// <summary>Tells what has happened in the room, and asks about inputs. Only the room calls it, one call at a time.</summary>
    [Alias("turn")]
    [ResponseTimeout("00:00:05")]
    ValueTask<RoomTurnAnswer> TakeTurnAsync(RoomTurn turn);
}
