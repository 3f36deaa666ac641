namespace Switchboard.Protocol.Deflate;

/// <summary>
/// A raw DEFLATE decompressor (RFC 1951). A block with BFINAL set ends one DEFLATE stream, and the next byte starts
/// another, with an empty window (RFC 7692 §7.2.3.5).
/// </summary>
internal interface IInflateEngine : IDisposable
{
    /// <summary>
    /// Takes input and gives output, of which there must be room for a byte at least. Where the output is not filled,
    /// all of the input was taken and nothing is pending.
    /// </summary>
    /// <returns>False for data that is not DEFLATE. Then only <see cref="Reset"/> helps.</returns>
    bool TryInflate(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written);

    /// <summary>Forgets the window and all input.</summary>
    void Reset();
}
