namespace Switchboard.Protocol.Framing;

/// <summary>The header of one frame (RFC 6455 §5.2).</summary>
/// <param name="Opcode">What the frame carries; may be a reserved value.</param>
/// <param name="Fin">Whether it is the message's last frame.</param>
/// <param name="ReservedBits">RSV1, RSV2 and RSV3 as the bits 4, 2 and 1.</param>
/// <param name="Masked">Whether the payload is masked.</param>
/// <param name="MaskingKey">The key, its first byte lowest; 0 where there is none.</param>
/// <param name="PayloadLength">The payload's length in bytes.</param>
/// <param name="Length">The header's own length in bytes, 2 to 14.</param>
public readonly record struct FrameHeader(
    Opcode Opcode,
    bool Fin,
    byte ReservedBits,
    bool Masked,
    uint MaskingKey,
    long PayloadLength,
    int Length)
{
    /// <summary>The longest header: 2 bytes, 8 of extended length, 4 of masking key.</summary>
    public const int MaxLength = 14;

    /// <summary>RSV1, which permessage-deflate gives a meaning (RFC 7692 §6).</summary>
    public bool Compressed => (ReservedBits & 4) != 0;

    /// <summary>Whether it is a control frame (RFC 6455 §5.5): opcodes with the highest bit set.</summary>
    public bool IsControl => ((byte)Opcode & 0x8) != 0;
}
