namespace Switchboard.Client;

/// <summary>A message of a room.</summary>
public sealed class RoomMessage : Message
{
    internal RoomMessage(string room)
    {
        Room = room;
    }

    /// <summary>The name of the room.</summary>
    public string Room { get; }

    /// <summary>
    /// In a <see cref="MessageStream"/>: what is missing between the message before and this one; null for nothing.
    /// </summary>
    public Loss? Missing { get; private init; }

    /// <summary>The same message behind a gap.</summary>
    internal RoomMessage Behind(Loss missing) => new(Room)
    {
        From = From,
        Position = Position,
        Time = Time,
        Delivery = Delivery,
        Slot = Slot,
        Data = Data,
        IsBinary = IsBinary,
        Missing = missing,
    };
}
