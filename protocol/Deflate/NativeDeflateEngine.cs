namespace Switchboard.Protocol.Deflate;

/// <summary>Compresses with the runtime's zlib.</summary>
internal sealed class NativeDeflateEngine : IDeflateEngine
{
    private readonly ZlibDeflateHandle _handle = new();

    // A full flush makes a reset between messages needless. The runtime exports no deflateReset, and to end and begin
    // anew costs 1 to 2 µs more a message: it clears the same table of hashes.
    private readonly ZlibFlush _endOfMessage;

    public NativeDeflateEngine(bool contextTakeover, int windowBits, int level, int memoryLevel)
    {
        _endOfMessage = contextTakeover ? ZlibFlush.Sync : ZlibFlush.Full;
        ZlibResult result = ZlibNative.DeflateInit(ref _handle.Stream, windowBits, level, memoryLevel);
        if (result != ZlibResult.Ok)
        {
            _handle.Dispose();
            throw ZlibFailure.Of(result);
        }
    }

    public bool Deflate(ReadOnlySpan<byte> input, Span<byte> output, bool last, out int consumed, out int written)
    {
        ZlibFlush flush = last ? _endOfMessage : ZlibFlush.None;
        ZlibResult result = ZlibNative.Deflate(ref _handle.Stream, input, output, flush, out consumed, out written);

        // A buffer error says only that there was nothing to do.
        if (result is not (ZlibResult.Ok or ZlibResult.BufferError))
        {
            throw ZlibFailure.Of(result);
        }

        // A flush that exactly fills the output is not known to be done. Asked again, zlib adds a second empty block,
        // which is 5 bytes lost and still valid.
        return consumed == input.Length && written < output.Length;
    }

    public void Dispose() => _handle.Dispose();
}
