using System.Buffers;
using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed class MessageCodecLifetimeTests
{
    [Theory, EachBackend]
    public void Dispose_Twice_ThenUseThrows(bool native)
    {
        MessageDeflater deflater = Codecs.Deflater(native);
        MessageInflater inflater = Codecs.Inflater(native);
        deflater.Compress(Messages.Hello);
        inflater.Decompress([0]);
        for (int i = 0; i < 2; i++)
        {
            deflater.Dispose();
            inflater.Dispose();
        }

        ArrayBufferWriter<byte> output = new();
        Assert.Throws<ObjectDisposedException>(() => deflater.Compress(Messages.Hello, output));
        Assert.Throws<ObjectDisposedException>(() => deflater.Compress([], output));
        Assert.Throws<ObjectDisposedException>(() => deflater.Compress(Codecs.Sequence([[1], [2]]), output));
        Assert.Throws<ObjectDisposedException>(() => inflater.Write([0], true, output, 100));
        Assert.Throws<ObjectDisposedException>(inflater.Reset);
        Assert.Equal(0, output.WrittenCount);
    }

    [Theory, EachBackend]
    public void Write_OutputThrows_TheCodecIsGone(bool native)
    {
        // Half a message is inside, which the next user must never see.
        MessageDeflater deflater = Codecs.Deflater(native);
        MessageInflater inflater = Codecs.Inflater(native);
        byte[] payload = deflater.Compress(Messages.Json(1, 1000));
        HookedWriter failing = new(() => throw new NotSupportedException());

        Assert.Throws<NotSupportedException>(() => deflater.Compress(Messages.Json(1, 1000), failing));
        Assert.Throws<NotSupportedException>(() => inflater.Write(payload, true, failing, 10_000));

        Assert.Throws<ObjectDisposedException>(() => deflater.Compress(Messages.Hello));
        Assert.Throws<ObjectDisposedException>(() => inflater.Decompress([0]));
    }

    [Theory, EachBackend]
    public void Write_WhileAnotherCallIsUnderWay_IsRefused(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);
        using MessageInflater inflater = Codecs.Inflater(native);
        int refused = 0;
        HookedWriter output = new(() =>
        {
            Assert.Throws<InvalidOperationException>(() => deflater.Compress(Messages.Hello));
            refused++;
        });
        deflater.Compress(Messages.Json(2, 1000), output);

        HookedWriter message = new(() =>
        {
            Assert.Throws<InvalidOperationException>(() => inflater.Decompress([0]));
            Assert.Throws<InvalidOperationException>(inflater.Reset);
            refused++;
        });
        Assert.Equal(InflateStatus.Ok, inflater.Write(output.ToArray(), true, message, 10_000));
        Assert.Equal(Messages.Json(2, 1000), message.ToArray());
        Assert.True(refused >= 2);
    }

    [Theory, EachBackend]
    public void Dispose_WhileACallIsUnderWay_LetsItFinish(bool native)
    {
        MessageDeflater deflater = Codecs.Deflater(native);
        MessageInflater inflater = Codecs.Inflater(native);
        byte[] sent = Messages.Random(3, 100_000);
        HookedWriter output = new(deflater.Dispose);
        HookedWriter message = new(inflater.Dispose);

        deflater.Compress(sent, output);
        Assert.Equal(InflateStatus.Ok, inflater.Write(output.ToArray(), true, message, 200_000));

        Assert.Equal(sent, message.ToArray());
        Assert.Throws<ObjectDisposedException>(() => deflater.Compress(Messages.Hello));
        Assert.Throws<ObjectDisposedException>(() => inflater.Decompress([0]));
    }

    [Fact]
    public void Compress_EngineThrows_FreesTheEngineAtOnce()
    {
        FailingEngine engine = new();
        using MessageDeflater deflater = new(engine);

        Assert.Throws<NotSupportedException>(() => deflater.Compress(Messages.Hello));

        Assert.True(engine.IsDisposed);
    }

    private sealed class FailingEngine : IDeflateEngine
    {
        public bool IsDisposed { get; private set; }

        public bool Deflate(
            ReadOnlySpan<byte> input, Span<byte> output, bool last, out int consumed, out int written) =>
            throw new NotSupportedException();

        public void Dispose() => IsDisposed = true;
    }
}
