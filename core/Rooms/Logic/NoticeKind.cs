namespace Switchboard.Core.Rooms.Logic;

/// <summary>What a room tells its logic.</summary>
public enum NoticeKind : byte
{
    /// <summary>Somebody has become a member.</summary>
    Joined,

    /// <summary>Somebody is a member no more.</summary>
    Left,

    /// <summary>A member has published something, which the logic is to decide about.</summary>
    Input,
}
