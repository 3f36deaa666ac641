namespace Switchboard.Core.Rooms;

/// <summary>Tells of a room's first member and of its last.</summary>
internal static class Occupancy
{
    /// <summary>After somebody has become a member.</summary>
    public static void OnJoined(Room room)
    {
        if (room.MemberCount == 1)
        {
            room.BackplaneObserver?.OnOccupied(room.Name);
        }
    }

    /// <summary>After somebody is a member no more.</summary>
    public static void OnLeft(Room room)
    {
        if (room.MemberCount == 0)
        {
            room.BackplaneObserver?.OnVacated(room.Name);
        }
    }
}
