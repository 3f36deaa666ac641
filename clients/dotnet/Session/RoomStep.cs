namespace Switchboard.Client.Session;

/// <summary>What leads from how a room is to how it is wanted.</summary>
internal enum RoomStep
{
    None,
    GetToken,
    Join,
    Leave,
    SetState,
}
