namespace Switchboard.Core.Feeds;

/// <summary>What may happen to a message when its receiver can't keep up.</summary>
public enum DeliveryClass : byte
{
    /// <summary>Delivered, or the receiver is told that it was lost. Takes an offset and is kept in the history.</summary>
    Reliable,

    /// <summary>
    /// A newer message of the same slot replaces an older one, in the history and in a receiver's queue.
    /// Takes an offset; of each slot the history keeps the newest only.
    /// </summary>
    Latest,

    /// <summary>Dropped when the receiver is behind. Takes no offset, is not kept and never recovered.</summary>
    Volatile,
}
