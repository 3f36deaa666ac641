namespace Switchboard.Protocol.Deflate;

/// <summary>A raw DEFLATE compressor (RFC 1951) that ends each message on a byte boundary.</summary>
internal interface IDeflateEngine : IDisposable
{
    /// <summary>
    /// Takes input and gives output. With <paramref name="last"/>, the message ends with this input, which the engine
    /// marks by an empty stored block: <c>00 00 FF FF</c>. A message is never empty.
    /// </summary>
    /// <returns>
    /// True once all of the input is taken, and with <paramref name="last"/> all of the message is written. While it
    /// is false the caller calls again with what is left of the input and new room.
    /// </returns>
    bool Deflate(ReadOnlySpan<byte> input, Span<byte> output, bool last, out int consumed, out int written);
}
