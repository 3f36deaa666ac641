namespace Switchboard.Protocol.Deflate;

/// <summary>zlib's flush modes, of which two end a message in <c>00 00 FF FF</c>.</summary>
internal enum ZlibFlush
{
    None = 0,

    /// <summary>Keeps the window: the next message may refer to this one.</summary>
    Sync = 2,

    /// <summary>Forgets the window: the next message can be decoded alone.</summary>
    Full = 3,
}
