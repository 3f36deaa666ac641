namespace Switchboard.Protocol.Deflate;

/// <summary>What permessage-deflate (RFC 7692) can do in this process.</summary>
public static class DeflateCodec
{
    /// <summary>The largest LZ77 window, in bits: 32,768 bytes (RFC 7692 §7.1.2).</summary>
    public const int MaxWindowBits = 15;

    /// <summary>
    /// The level of compression, 1 to 9, that is used where none is asked for.
    /// </summary>
    /// <remarks>
    /// Measured on chat-like JSON without context takeover, zlib-ng 2.2.5, one core: microseconds a message, and the
    /// size left.
    /// <code>
    /// level   0.3 KB       1 KB         4 KB         16 KB
    /// 1       3.1  87 %    4.3  62 %    13   49 %    48   45 %
    /// 2       8.5  68 %    14   48 %    29   37 %    90   33 %
    /// 3       9.1  68 %    15   47 %    37   35 %    116  32 %
    /// 6       9.2  68 %    15   47 %    42   35 %    223  30 %
    /// </code>
    /// Level 1 knows only the fixed Huffman codes and saves little on what this server mostly sends. Level 3 is as
    /// small as level 6 up to 1 KB and within 6 % of it at 16 KB, at half the time.
    /// </remarks>
    public const int DefaultLevel = 3;

    /// <summary>
    /// zlib's memory level, 1 to 9, that is used where none is asked for. Its share of a deflater is 256 bytes times
    /// 2 to its power: 64 KB here, touched as messages fill it. Level 1 makes even a message of 0.3 KB larger, by 13 %;
    /// 4 makes none of up to 1 KB larger.
    /// </summary>
    public const int DefaultMemoryLevel = 8;

    /// <summary>The smallest window that zlib can inflate or deflate raw; it refuses 8.</summary>
    internal const int MinZlibWindowBits = 9;

    /// <summary>True where the runtime's own zlib serves; false where the managed fallback does.</summary>
    public static bool IsNative => ZlibSelfCheck.Passed;

    /// <summary>
    /// The smallest <c>server_max_window_bits</c> (RFC 7692 §7.1.2.1) that a <see cref="MessageDeflater"/> can keep
    /// to: 9, or 15 on the fallback. Decompression takes every window from 8 to 15 on both.
    /// </summary>
    public static int MinServerWindowBits => MinWindowBits(Backend);

    internal static DeflateBackend Backend => IsNative ? DeflateBackend.Native : DeflateBackend.Managed;

    /// <summary>What RFC 7692 §7.2.1 takes off the end of a message, and §7.2.2 puts back.</summary>
    internal static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xFF, 0xFF];

    internal static int MinWindowBits(DeflateBackend backend) =>
        backend == DeflateBackend.Native ? MinZlibWindowBits : MaxWindowBits;

    internal static IDeflateEngine CreateDeflateEngine(
        DeflateBackend backend, bool contextTakeover, int windowBits, int level, int memoryLevel) =>
        backend == DeflateBackend.Native
            ? new NativeDeflateEngine(contextTakeover, windowBits, level, memoryLevel)
            : new ManagedDeflateEngine(contextTakeover, level);

    internal static IInflateEngine CreateInflateEngine(DeflateBackend backend, int windowBits) =>
        backend == DeflateBackend.Native ? new NativeInflateEngine(windowBits) : new ManagedInflateEngine();
}
