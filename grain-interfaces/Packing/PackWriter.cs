using System.Buffers;
using System.Text;
using Switchboard.Core.Feeds;

namespace Switchboard.GrainInterfaces.Packing;

/// <summary>
/// Writes a batch as one array of bytes: numbers as LEB128, texts and payloads with their length in front, a sender in
/// full the first time and by its number after that.
/// </summary>
internal ref struct PackWriter(int sizeHint)
{
    private readonly Dictionary<Sender, uint> _senders = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, 64));
    private Sender? _lastSender;
    private uint _lastNumber;
    private int _length;

    public void WriteByte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    public void WriteNumber(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    /// <summary>A number that may be negative, small ones in few bytes.</summary>
    public void WriteSigned(long value) => WriteNumber((ulong)((value << 1) ^ (value >> 63)));

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteNumber((uint)bytes.Length);
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    public void WriteText(string text)
    {
        int count = Encoding.UTF8.GetByteCount(text);
        WriteNumber((uint)count);
        Reserve(count);
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    /// <summary>0 for the server itself, else the sender's number; a new number is followed by who it is.</summary>
    public void WriteSender(Sender? sender)
    {
        if (sender is null)
        {
            WriteByte(0);
            return;
        }

        if (ReferenceEquals(sender, _lastSender))
        {
            WriteNumber(_lastNumber);
            return;
        }

        bool isKnown = _senders.TryGetValue(sender, out uint number);
        if (!isKnown)
        {
            number = (uint)_senders.Count + 1;
            _senders.Add(sender, number);
        }

        WriteNumber(number);
        if (!isKnown)
        {
            WriteText(sender.User.Value);
            WriteText(sender.Connection.Value);
        }

        (_lastSender, _lastNumber) = (sender, number);
    }

    /// <summary>What was written; the writer is done.</summary>
    public byte[] Finish()
    {
        byte[] packed = _buffer.AsSpan(0, _length).ToArray();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        return packed;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length >= count)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
