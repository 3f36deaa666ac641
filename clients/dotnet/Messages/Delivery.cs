namespace Switchboard.Client;

/// <summary>What happens to a message when a receiver is behind, or this client offline.</summary>
public enum Delivery
{
    /// <summary>It is delivered, or the receiver is told that it was lost. Waits while this client is offline.</summary>
    Reliable,

    /// <summary>Only the newest of a slot counts: positions, cursors. It needs <see cref="PublishOptions.Slot"/>.</summary>
    Latest,

    /// <summary>Dropped where it can't be delivered at once, without a word: typing. It has no position.</summary>
    Volatile,
}
