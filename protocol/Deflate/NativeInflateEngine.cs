namespace Switchboard.Protocol.Deflate;

/// <summary>Decompresses with the runtime's zlib.</summary>
internal sealed class NativeInflateEngine : IInflateEngine
{
    private readonly ZlibInflateHandle _handle = new();
    private readonly int _windowBits;

    public NativeInflateEngine(int windowBits)
    {
        // zlib refuses a raw window of 8 bits, and a larger one decodes the same.
        _windowBits = Math.Max(windowBits, DeflateCodec.MinZlibWindowBits);
        ZlibResult result = ZlibNative.InflateInit(ref _handle.Stream, _windowBits);
        if (result != ZlibResult.Ok)
        {
            _handle.Dispose();
            throw ZlibFailure.Of(result);
        }
    }

    public bool TryInflate(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        consumed = 0;
        written = 0;
        while (true)
        {
            ZlibResult result = ZlibNative.Inflate(
                ref _handle.Stream, input[consumed..], output[written..], out int taken, out int given);
            consumed += taken;
            written += given;
            switch (result)
            {
                // A buffer error says only that there was nothing to do.
                case ZlibResult.Ok:
                case ZlibResult.BufferError:
                    return true;

                // RFC 7692 §7.2.3.5: a block with BFINAL set; what follows it starts afresh.
                case ZlibResult.StreamEnd:
                    Reset();
                    if (consumed == input.Length || written == output.Length)
                    {
                        return true;
                    }

                    break;

                case ZlibResult.DataError:
                case ZlibResult.NeedDictionary:
                    return false;

                default:
                    throw ZlibFailure.Of(result);
            }
        }
    }

    public void Reset()
    {
        ZlibResult result = ZlibNative.InflateReset(ref _handle.Stream, _windowBits);
        if (result != ZlibResult.Ok)
        {
            throw ZlibFailure.Of(result);
        }
    }

    public void Dispose() => _handle.Dispose();
}
