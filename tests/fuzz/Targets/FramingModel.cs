using Switchboard.Protocol.Framing;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// Reads a whole stream by RFC 6455 §5 in the plainest way; the oracle for the reader. Stops at the first compressed
/// message.
/// </summary>
internal sealed class FramingModel(int maxInput)
{
    private readonly byte[] _message = new byte[maxInput];
    private readonly byte[] _control = new byte[125];

    private MessageLimits _limits = new();
    private bool _peerIsClient;
    private bool _compression;
    private int _began;
    private int _size;
    private int _fragments;
    private Utf8Model _utf8;

    /// <summary>Whether it stopped before a compressed message, so that what follows is not known.</summary>
    public bool StoppedAtCompression { get; private set; }

    public void Read(
        ReadOnlySpan<byte> stream,
        MessageLimits limits,
        bool peerIsClient,
        bool compression,
        Recording recording,
        Trace trace)
    {
        (_limits, _peerIsClient, _compression) = (limits, peerIsClient, compression);
        (_began, StoppedAtCompression) = (0, false);
        while (TryParse(stream, out Frame frame))
        {
            int code = Refuse(frame);
            trace.Note(1, Shape(frame), code);
            if (code != 0)
            {
                recording.AddViolation(code);
                return;
            }

            if (frame.Compressed)
            {
                StoppedAtCompression = true;
                return;
            }

            stream = stream[frame.HeaderLength..];
            int available = (int)Math.Min(frame.Length, (ulong)stream.Length);
            bool whole = (ulong)available == frame.Length;
            bool goesOn = frame.IsControl
                ? whole && Control(frame, stream[..available], recording)
                : Data(frame, stream[..available], whole, recording, trace);
            if (!goesOn)
            {
                recording.IsMidMessage = true;
                return;
            }

            stream = stream[available..];
        }

        recording.IsMidMessage = !stream.IsEmpty || _began != 0;
    }

    // What of a header makes a difference, without every combination of what is refused anyway.
    private int Shape(in Frame frame)
    {
        int opcode = frame.First % 16;
        int length = frame.Length == 0 ? 0 : frame.Length < 126 ? 1 : frame.Length < 65536 ? 2 : 3;
        int flags = (frame.First >= 128 ? 1 : 0) | (_began != 0 ? 2 : 0) | (frame.First / 16 % 8 != 0 ? 4 : 0);
        return (Math.Min(opcode % 8, 3) << 6) | (opcode / 8 << 5) | (length << 3) | flags;
    }

    private static bool TryParse(ReadOnlySpan<byte> stream, out Frame frame)
    {
        frame = default;
        if (stream.Length < 2)
        {
            return false;
        }

        bool masked = stream[1] >= 128;
        int small = stream[1] % 128;
        int extended = small == 126 ? 2 : small == 127 ? 8 : 0;
        int headerLength = 2 + extended + (masked ? 4 : 0);
        if (stream.Length < headerLength)
        {
            return false;
        }

        ulong length = extended == 0 ? (ulong)small : 0;
        for (int i = 0; i < extended; i++)
        {
            length = (length << 8) | stream[2 + i];
        }

        bool badLength = (extended == 2 && length <= 125) || (extended == 8 && (length <= 65535 || length >> 63 != 0));
        uint key = 0;
        for (int i = 4; masked && i > 0; i--)
        {
            key = (key << 8) | stream[headerLength - 5 + i];
        }

        frame = new Frame(stream[0], masked, badLength, length, headerLength, key);
        return true;
    }

    private int Refuse(in Frame frame)
    {
        int opcode = frame.First % 16;
        bool begins = opcode is 1 or 2;
        bool compressed = frame.Compressed && _compression && begins;
        bool wrong = frame.BadLength
            || frame.First / 16 % 4 != 0
            || (frame.Compressed && !compressed)
            || frame.Masked != _peerIsClient
            || opcode is (>= 3 and <= 7) or >= 11
            || (frame.IsControl && (frame.First < 128 || frame.Length > 125))
            || (opcode == 0 && _began == 0)
            || (begins && _began != 0);
        if (wrong)
        {
            return 1002;
        }

        if (frame.IsControl)
        {
            return 0;
        }

        ulong room = (ulong)(_limits.MaxMessageBytes - (opcode == 0 ? _size : 0));
        return frame.Length > (ulong)_limits.MaxFrameBytes || (!compressed && frame.Length > room) ? 1009
            : opcode == 0 && _fragments == _limits.MaxFragments ? 1008
            : 0;
    }

    private bool Control(in Frame frame, ReadOnlySpan<byte> masked, Recording recording)
    {
        for (int i = 0; i < masked.Length; i++)
        {
            _control[i] = (byte)(masked[i] ^ frame.KeyByte(i));
        }

        ReadOnlySpan<byte> payload = _control.AsSpan(0, masked.Length);
        if (frame.First % 16 != 8)
        {
            recording.Add(frame.First % 16 == 9 ? ReadStatus.Ping : ReadStatus.Pong, payload);
            return true;
        }

        int code = CheckClose(payload);
        if (code != 0)
        {
            recording.AddViolation(code);
            return false;
        }

        recording.Add(ReadStatus.Close, payload);
        return false;
    }

    private static int CheckClose(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return 0;
        }

        int code = payload.Length == 1 ? 0 : (payload[0] * 256) + payload[1];
        if (code is < 1000 or 1004 or 1005 or 1006 or (> 1014 and < 3000) or > 4999)
        {
            return 1002;
        }

        var utf8 = default(Utf8Model);
        foreach (byte b in payload[2..])
        {
            if (!utf8.Take(b))
            {
                return 1007;
            }
        }

        return utf8.IsComplete ? 0 : 1007;
    }

    private bool Data(in Frame frame, ReadOnlySpan<byte> masked, bool whole, Recording recording, Trace trace)
    {
        if (frame.First % 16 != 0)
        {
            (_began, _size, _fragments, _utf8) = (frame.First % 16, 0, 0, default);
        }

        _fragments++;
        for (int i = 0; i < masked.Length; i++)
        {
            byte b = (byte)(masked[i] ^ frame.KeyByte(i));
            _message[_size++] = b;
            int before = _utf8.State;
            if (_began == 1 && !_utf8.Take(b))
            {
                trace.Note(2, before);
                recording.AddViolation(1007);
                return false;
            }
        }

        if (!whole || frame.First < 128)
        {
            return whole;
        }

        if (_began == 1 && !_utf8.IsComplete)
        {
            recording.AddViolation(1007);
            return false;
        }

        recording.Add(_began == 1 ? ReadStatus.Text : ReadStatus.Binary, _message.AsSpan(0, _size));
        _began = 0;
        return true;
    }

    private readonly record struct Frame(
        byte First, bool Masked, bool BadLength, ulong Length, int HeaderLength, uint Key)
    {
        public bool IsControl => First % 16 >= 8;

        public bool Compressed => First / 64 % 2 == 1;

        public byte KeyByte(int index) => (byte)(Key >> (8 * (index % 4)));
    }
}
