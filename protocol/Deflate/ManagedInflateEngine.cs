using System.IO.Compression;

namespace Switchboard.Protocol.Deflate;

/// <summary>
/// Decompresses with <see cref="DeflateStream"/>. It is fed one byte at a time, because it does not say how much of
/// its input it used when a block with BFINAL set ends it: a byte that it leaves alone belongs to the next stream.
/// </summary>
internal sealed class ManagedInflateEngine : IInflateEngine
{
    private readonly byte[] _cell = new byte[1];
    private readonly MemoryStream _feed;
    private DeflateStream? _stream;

    public ManagedInflateEngine()
    {
        _feed = new MemoryStream(_cell) { Position = _cell.Length };
    }

    private bool IsTaken => _feed.Position == _cell.Length;

    public bool TryInflate(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        consumed = 0;
        written = 0;
        try
        {
            while (written < output.Length)
            {
                _stream ??= new DeflateStream(_feed, CompressionMode.Decompress, leaveOpen: true);
                int given = _stream.Read(output[written..]);
                written += given;
                if (given > 0)
                {
                    continue;
                }

                if (!IsTaken)
                {
                    CloseStream();
                    continue;
                }

                if (consumed == input.Length)
                {
                    return true;
                }

                _cell[0] = input[consumed++];
                _feed.Position = 0;
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    public void Reset() => CloseStream();

    public void Dispose() => CloseStream();

    private void CloseStream()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
