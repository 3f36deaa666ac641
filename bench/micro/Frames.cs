using Switchboard.Protocol.Framing;

namespace Switchboard.Micro;

/// <summary>Clients' frames to read.</summary>
internal static class Frames
{
    // Seven bits in each byte: reading unmasks in place, so every second reading of the same bytes sees them masked,
    // and with this key they are text then too.
    private const uint Key = 0x3D217A37;

    /// <summary>Messages one after another, each of so many frames of so many bytes.</summary>
    public static byte[] Messages(Opcode opcode, int count, int frames, int frameBytes)
    {
        List<byte> bytes = [];
        Span<byte> header = stackalloc byte[14];
        for (int i = 0; i < count * frames; i++)
        {
            int part = i % frames;
            int length = FrameHeaderWriter.WriteMasked(
                header, part == 0 ? opcode : Opcode.Continuation, frameBytes, Key, fin: part == frames - 1);
            bytes.AddRange(header[..length]);
            byte[] payload = new byte[frameBytes];
            payload.AsSpan().Fill((byte)'a');
            Masking.Apply(payload, Key);
            bytes.AddRange(payload);
        }

        return [.. bytes];
    }
}
