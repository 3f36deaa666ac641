using Switchboard.Client.Wire;

namespace Switchboard.Client.Transports;

/// <summary>Takes server-sent events out of the bytes of a stream (WHATWG HTML, 9.2.6), of which only the data counts.</summary>
internal sealed class EventLines
{
    private readonly PooledBuffer _unread = new(16 * 1024);
    private readonly PooledBuffer _data = new(16 * 1024);
    private int _taken;
    private bool _isGiven;

    /// <summary>How many bytes wait for the rest of their event.</summary>
    public int Waiting => _unread.Length + _data.Length;

    /// <summary>Where the next bytes of the stream go.</summary>
    public Memory<byte> Free()
    {
        // What was taken makes room.
        if (_taken > 0)
        {
            int rest = _unread.Length - _taken;
            _unread.Written(_taken, rest).CopyTo(_unread.Written(0, rest));
            _unread.Advance(-_taken);
            _taken = 0;
        }

        return _unread.GetMemory(4096);
    }

    public void Advance(int count) => _unread.Advance(count);

    /// <summary>Takes the next event that is whole; it stands until the next call.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> data)
    {
        if (_isGiven)
        {
            _data.Clear();
            _isGiven = false;
        }

        while (TryTakeLine(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
            {
                if (_data.Length > 0)
                {
                    data = _data.Memory;
                    _isGiven = true;
                    return true;
                }
            }
            else if (line.StartsWith("data:"u8))
            {
                if (_data.Length > 0)
                {
                    _data.Write("\n"u8);
                }

                line = line["data:"u8.Length..];
                _data.Write(line.StartsWith((byte)' ') ? line[1..] : line);
            }
        }

        data = default;
        return false;
    }

    public void Release()
    {
        _unread.Release();
        _data.Release();
    }

    private bool TryTakeLine(out ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = _unread.Span[_taken..];
        int end = rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            line = default;
            return false;
        }

        _taken += end + 1;
        line = rest[..end].TrimEnd((byte)'\r');
        return true;
    }
}
