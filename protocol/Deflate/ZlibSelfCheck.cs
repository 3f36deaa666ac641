using System.Buffers;

namespace Switchboard.Protocol.Deflate;

/// <summary>
/// Whether the runtime's zlib is what this code takes it for. It is asked once, before the first use: a runtime that
/// changed its private exports costs speed, and no data.
/// </summary>
internal static class ZlibSelfCheck
{
    private const int SampleLength = 2100;
    private const int Period = 700;

    public static bool Passed { get; } = Run(
        static (takeover, bits) => new NativeDeflateEngine(
            takeover, bits, DeflateCodec.DefaultLevel, DeflateCodec.DefaultMemoryLevel),
        static bits => new NativeInflateEngine(bits));

    internal static bool Run(
        Func<bool, int, IDeflateEngine> createDeflater, Func<int, IInflateEngine> createInflater)
    {
        try
        {
            // Repeats beyond a window of 9 bits and within one of 15.
            byte[] sample = new byte[SampleLength];
            new Random(7692).NextBytes(sample.AsSpan(0, Period));
            sample.AsSpan(0, SampleLength - Period).CopyTo(sample.AsSpan(Period));

            return Check(sample, DeflateCodec.MinZlibWindowBits, createDeflater, createInflater)
                && Check(sample, DeflateCodec.MaxWindowBits, createDeflater, createInflater);
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException
            or BadImageFormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Check(
        byte[] sample,
        int windowBits,
        Func<bool, int, IDeflateEngine> createDeflater,
        Func<int, IInflateEngine> createInflater)
    {
        using IInflateEngine inflater = createInflater(windowBits);
        using IDeflateEngine alone = createDeflater(false, windowBits);
        byte[] first = Deflate(alone, sample);
        byte[] second = Deflate(alone, sample);
        if (!EndsInTail(first) || !EndsInTail(second) || !Inflates(inflater, first, sample))
        {
            return false;
        }

        inflater.Reset();
        if (!Inflates(inflater, second, sample))
        {
            return false;
        }

        using IDeflateEngine linked = createDeflater(true, windowBits);
        first = Deflate(linked, sample);
        second = Deflate(linked, sample);
        inflater.Reset();
        return EndsInTail(second)
            && Inflates(inflater, first, sample)
            && Inflates(inflater, second, sample)
            && (windowBits < DeflateCodec.MaxWindowBits || second.Length < Period);
    }

    private static bool EndsInTail(byte[] compressed) => compressed.AsSpan().EndsWith(DeflateCodec.Tail);

    private static byte[] Deflate(IDeflateEngine deflater, byte[] sample)
    {
        ArrayBufferWriter<byte> output = new();
        int taken = 0;
        bool done;
        do
        {
            done = deflater.Deflate(
                sample.AsSpan(taken), output.GetSpan(SampleLength), last: true, out int consumed, out int written);
            taken += consumed;
            output.Advance(written);
        }
        while (!done);

        return output.WrittenSpan.ToArray();
    }

    /// <summary>In small pieces, so that the inflater must take far references from its window.</summary>
    private static bool Inflates(IInflateEngine inflater, ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> expected)
    {
        Span<byte> piece = stackalloc byte[64];
        while (true)
        {
            if (!inflater.TryInflate(compressed, piece, out int consumed, out int written)
                || !expected.StartsWith(piece[..written]))
            {
                return false;
            }

            compressed = compressed[consumed..];
            expected = expected[written..];
            if (written < piece.Length)
            {
                return expected.IsEmpty && compressed.IsEmpty;
            }
        }
    }
}
