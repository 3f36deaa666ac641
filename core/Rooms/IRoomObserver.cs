namespace Switchboard.Core.Rooms;

/// <summary>Sees who comes to a room and who goes, also after a crash; the seam for room logic.</summary>
internal interface IRoomObserver
{
    void OnJoined(PresenceMember member);

    void OnLeft(PresenceMember member);
}
