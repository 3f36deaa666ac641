using System.Reflection;
using System.Runtime.InteropServices;

namespace Switchboard.Protocol.Deflate;

/// <summary>
/// The zlib that the .NET runtime ships for <c>System.IO.Compression</c> and <c>System.Net.WebSockets</c>, which is no
/// public contract: <see cref="ZlibSelfCheck"/> says whether it may be used. All of this project's unsafe code is here.
/// </summary>
internal static unsafe partial class ZlibNative
{
    private const string Library = "libSystem.IO.Compression.Native";
    private const string LibraryOnWindows = "System.IO.Compression.Native";
    private const int Deflated = 8;
    private const int DefaultStrategy = 0;

    static ZlibNative() => NativeLibrary.SetDllImportResolver(typeof(ZlibNative).Assembly, Resolve);

    public static ZlibResult DeflateInit(ref ZStream stream, int windowBits, int level, int memoryLevel)
    {
        fixed (ZStream* pinned = &stream)
        {
            // Negative window bits: raw DEFLATE, without zlib's header and checksum.
            return (ZlibResult)CompressionNative_DeflateInit2_(
                pinned, level, Deflated, -windowBits, memoryLevel, DefaultStrategy);
        }
    }

    public static ZlibResult Deflate(
        ref ZStream stream,
        ReadOnlySpan<byte> input,
        Span<byte> output,
        ZlibFlush flush,
        out int consumed,
        out int written)
    {
        fixed (ZStream* pinned = &stream)
        fixed (byte* source = input)
        fixed (byte* target = output)
        {
            pinned->Offer(source, input.Length, target, output.Length);
            int result = CompressionNative_Deflate(pinned, (int)flush);
            pinned->Settle(input.Length, output.Length, out consumed, out written);
            return (ZlibResult)result;
        }
    }

    public static void DeflateEnd(ref ZStream stream)
    {
        fixed (ZStream* pinned = &stream)
        {
            _ = CompressionNative_DeflateEnd(pinned);
        }
    }

    public static ZlibResult InflateInit(ref ZStream stream, int windowBits)
    {
        fixed (ZStream* pinned = &stream)
        {
            return (ZlibResult)CompressionNative_InflateInit2_(pinned, -windowBits);
        }
    }

    public static ZlibResult Inflate(
        ref ZStream stream, ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        fixed (ZStream* pinned = &stream)
        fixed (byte* source = input)
        fixed (byte* target = output)
        {
            pinned->Offer(source, input.Length, target, output.Length);
            int result = CompressionNative_Inflate(pinned, (int)ZlibFlush.Sync);
            pinned->Settle(input.Length, output.Length, out consumed, out written);
            return (ZlibResult)result;
        }
    }

    public static ZlibResult InflateReset(ref ZStream stream, int windowBits)
    {
        fixed (ZStream* pinned = &stream)
        {
            return (ZlibResult)CompressionNative_InflateReset2_(pinned, -windowBits);
        }
    }

    public static void InflateEnd(ref ZStream stream)
    {
        fixed (ZStream* pinned = &stream)
        {
            _ = CompressionNative_InflateEnd(pinned);
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == Library && OperatingSystem.IsWindows()
        && NativeLibrary.TryLoad(LibraryOnWindows, assembly, searchPath, out nint handle)
            ? handle
            : 0;

    [LibraryImport(Library)]
    private static partial int CompressionNative_DeflateInit2_(
        ZStream* stream, int level, int method, int windowBits, int memLevel, int strategy);

    [LibraryImport(Library)]
    private static partial int CompressionNative_Deflate(ZStream* stream, int flush);

    [LibraryImport(Library)]
    private static partial int CompressionNative_DeflateEnd(ZStream* stream);

    [LibraryImport(Library)]
    private static partial int CompressionNative_InflateInit2_(ZStream* stream, int windowBits);

    [LibraryImport(Library)]
    private static partial int CompressionNative_Inflate(ZStream* stream, int flush);

    [LibraryImport(Library)]
    private static partial int CompressionNative_InflateReset2_(ZStream* stream, int windowBits);

    [LibraryImport(Library)]
    private static partial int CompressionNative_InflateEnd(ZStream* stream);

    /// <summary>
    /// The runtime's PAL_ZStream. zlib's own state is behind <see cref="_internalState"/> and knows no address of
    /// this struct, so it may move between calls.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ZStream
    {
        private byte* _nextIn;
        private byte* _nextOut;
        private readonly byte* _message;
        private readonly void* _internalState;
        private uint _availableIn;
        private uint _availableOut;

        public readonly bool IsAllocated => _internalState is not null;

        internal void Offer(byte* input, int inputLength, byte* output, int outputLength)
        {
            _nextIn = input;
            _availableIn = (uint)inputLength;
            _nextOut = output;
            _availableOut = (uint)outputLength;
        }

        /// <summary>Says what was used, and forgets the addresses, which are about to be unpinned.</summary>
        internal void Settle(int inputLength, int outputLength, out int consumed, out int written)
        {
            consumed = inputLength - (int)_availableIn;
            written = outputLength - (int)_availableOut;
            Offer(null, 0, null, 0);
        }
    }
}
