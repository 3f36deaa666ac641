using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed class ZlibSelfCheckTests
{
    [Fact]
    public void Run_OnThisRuntime_Passes()
    {
        Assert.True(DeflateCodec.IsNative);
        Assert.Equal(DeflateBackend.Native, DeflateCodec.Backend);
    }

    [Fact]
    public void Run_NoLibrary_Fails()
    {
        Assert.False(ZlibSelfCheck.Run((_, _) => throw new DllNotFoundException(), Inflater));
        Assert.False(ZlibSelfCheck.Run((_, _) => throw new EntryPointNotFoundException(), Inflater));
        Assert.False(ZlibSelfCheck.Run(Deflater, _ => throw new BadImageFormatException()));
        Assert.False(ZlibSelfCheck.Run(Deflater, _ => throw new InvalidOperationException()));
    }

    [Fact]
    public void Run_FullFlushThatKeepsTheWindow_Fails() =>
        Assert.False(ZlibSelfCheck.Run((_, bits) => Deflater(true, bits), Inflater));

    [Fact]
    public void Run_SyncFlushThatForgetsTheWindow_Fails() =>
        Assert.False(ZlibSelfCheck.Run((_, bits) => Deflater(false, bits), Inflater));

    [Fact]
    public void Run_WindowLargerThanAskedFor_Fails() =>
        Assert.False(ZlibSelfCheck.Run((takeover, _) => Deflater(takeover, 15), Inflater));

    [Fact]
    public void Run_InflaterThatIsNone_Fails() => Assert.False(ZlibSelfCheck.Run(Deflater, _ => new Mirror()));

    private static NativeDeflateEngine Deflater(bool takeover, int windowBits) => new(takeover, windowBits, 3, 8);

    private static NativeInflateEngine Inflater(int windowBits) => new(windowBits);

    private sealed class Mirror : IInflateEngine
    {
        public bool TryInflate(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
        {
            consumed = written = Math.Min(input.Length, output.Length);
            input[..written].CopyTo(output);
            return true;
        }

        public void Reset()
        {
        }

        public void Dispose()
        {
        }
    }
}
