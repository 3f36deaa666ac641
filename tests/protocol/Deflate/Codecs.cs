using System.Buffers;
using System.IO.Compression;
using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Deflate;

/// <summary>Codecs on a chosen backend, whole messages through them, and the base library as the oracle.</summary>
internal static class Codecs
{
    public const long NoLimit = long.MaxValue;

    public static MessageDeflater Deflater(
        bool native,
        bool takeover = false,
        int windowBits = 15,
        int level = DeflateCodec.DefaultLevel,
        int memoryLevel = DeflateCodec.DefaultMemoryLevel) =>
        new(Backend(native), takeover, windowBits, level, memoryLevel);

    public static MessageInflater Inflater(bool native, bool takeover = false, int windowBits = 15) =>
        new(Backend(native), takeover, windowBits);

    public static DeflateBackend Backend(bool native) => native ? DeflateBackend.Native : DeflateBackend.Managed;

    public static byte[] Compress(this MessageDeflater deflater, byte[] message)
    {
        ExactWriter output = new();
        deflater.Compress(message, output);
        return output.ToArray();
    }

    public static (InflateStatus Status, byte[] Message) Decompress(
        this MessageInflater inflater, byte[] payload, long maxOutput = NoLimit) =>
        inflater.Decompress([payload], maxOutput);

    /// <summary>One message in pieces, of which the last is the final one.</summary>
    public static (InflateStatus Status, byte[] Message) Decompress(
        this MessageInflater inflater, IReadOnlyList<byte[]> pieces, long maxOutput = NoLimit)
    {
        ExactWriter output = new();
        InflateStatus status = InflateStatus.Ok;
        for (int i = 0; i < pieces.Count && status == InflateStatus.Ok; i++)
        {
            status = inflater.Write(pieces[i], final: i == pieces.Count - 1, output, maxOutput);
        }

        return (status, output.ToArray());
    }

    public static void AssertDecoded(byte[] expected, (InflateStatus Status, byte[] Message) result)
    {
        Assert.Equal(InflateStatus.Ok, result.Status);
        Assert.Equal(expected, result.Message);
    }

    public static byte[] WithTail(byte[] payload) => [.. payload, 0x00, 0x00, 0xFF, 0xFF];

    /// <summary>Decodes one payload by itself, with a decoder that saw nothing before.</summary>
    public static byte[] DecodeAlone(byte[] payload)
    {
        using MemoryStream source = new(WithTail(payload));
        using DeflateStream decoder = new(source, CompressionMode.Decompress);
        using MemoryStream message = new();
        decoder.CopyTo(message);
        return message.ToArray();
    }

    public static ReadOnlySequence<byte> Sequence(IReadOnlyList<byte[]> parts)
    {
        Segment first = new(parts[0], null);
        Segment last = first;
        foreach (byte[] part in parts.Skip(1))
        {
            last = new Segment(part, last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] part, Segment? previous)
        {
            Memory = part;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
