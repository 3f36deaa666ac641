using System.IO.Compression;

namespace Switchboard.Protocol.Deflate;

/// <summary>
/// Compresses with <see cref="DeflateStream"/>: window bits 15 only, and a message's whole output is held until it is
/// fetched. Its flush keeps the window, so without context takeover each message gets a stream of its own.
/// </summary>
internal sealed class ManagedDeflateEngine(bool contextTakeover, int level) : IDeflateEngine
{
    private const int LargestKept = 64 * 1024;

    private readonly MemoryStream _pending = new();
    private DeflateStream? _stream;
    private int _fetched;
    private bool _flushed;

    public bool Deflate(ReadOnlySpan<byte> input, Span<byte> output, bool last, out int consumed, out int written)
    {
        _stream ??= new DeflateStream(
            _pending, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true);
        _stream.Write(input);
        consumed = input.Length;
        if (last && !_flushed)
        {
            _stream.Flush();
            _flushed = true;
        }

        ReadOnlySpan<byte> rest = _pending.GetBuffer().AsSpan(_fetched, (int)_pending.Length - _fetched);
        written = Math.Min(rest.Length, output.Length);
        rest[..written].CopyTo(output);
        _fetched += written;
        if (written < rest.Length)
        {
            return false;
        }

        if (last)
        {
            EndMessage();
        }

        return true;
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private void EndMessage()
    {
        if (!contextTakeover)
        {
            // This writes a final block, which is dropped with the rest.
            Dispose();
        }

        _pending.SetLength(0);
        if (_pending.Capacity > LargestKept)
        {
            _pending.Capacity = 0;
        }

        _fetched = 0;
        _flushed = false;
    }
}
