namespace Switchboard.Protocol.Framing;

/// <summary>What reading a frame's header came to.</summary>
public enum HeaderStatus : byte
{
    /// <summary>The input ends within the header.</summary>
    NeedMore,

    /// <summary>The header is complete.</summary>
    Done,

    /// <summary>The length is not encoded in the fewest bytes, or has its highest bit set.</summary>
    InvalidLength,
}
