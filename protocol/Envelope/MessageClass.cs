namespace Switchboard.Protocol.Envelope;

/// <summary>What may happen to a message when its receiver can't keep up.</summary>
public enum MessageClass : byte
{
    /// <summary>Delivered, or reported as lost.</summary>
    Reliable,

    /// <summary>Replaced by a newer one of the same slot.</summary>
    Latest,

    /// <summary>Dropped. Has no offset.</summary>
    Volatile,
}
