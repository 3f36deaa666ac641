namespace Switchboard.Gateway.Metrics;

/// <summary>Why a message was not sent to a receiver.</summary>
internal enum DropReason : byte
{
    /// <summary>It was volatile, and the receiver behind.</summary>
    Behind,

    /// <summary>The receiver's queue was full. It is told of the loss, or closed.</summary>
    Overflow,
}
