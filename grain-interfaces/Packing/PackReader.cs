using System.Text;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.GrainInterfaces.Packing;

/// <summary>Reads what <see cref="PackWriter"/> wrote. It comes from another node of the cluster, and still is checked.</summary>
internal ref struct PackReader(ReadOnlyMemory<byte> packed)
{
    private readonly ReadOnlyMemory<byte> _packed = packed;
    private readonly ReadOnlySpan<byte> _bytes = packed.Span;
    private readonly List<Sender> _senders = [];
    private int _at;

    /// <exception cref="InvalidDataException">It ends too early.</exception>
    public byte ReadByte() => _at < _bytes.Length ? _bytes[_at++] : throw Broken();

    /// <exception cref="InvalidDataException">It ends too early, or is too large.</exception>
    public ulong ReadNumber()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = ReadByte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Broken();
    }

    public long ReadSigned()
    {
        ulong value = ReadNumber();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A count of things of which each takes a byte at least, so that it can't size anything without bound.</summary>
    public int ReadCount()
    {
        ulong count = ReadNumber();
        return count <= (ulong)(_bytes.Length - _at) ? (int)count : throw Broken();
    }

    /// <summary>A piece of the packed bytes, not a copy.</summary>
    public ReadOnlyMemory<byte> ReadBytes()
    {
        int length = ReadCount();
        ReadOnlyMemory<byte> piece = _packed.Slice(_at, length);
        _at += length;
        return piece;
    }

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes().Span);

    public Sender? ReadSender()
    {
        ulong number = ReadNumber();
        if (number == 0)
        {
            return null;
        }

        if (number <= (ulong)_senders.Count)
        {
            return _senders[(int)number - 1];
        }

        if (number != (ulong)_senders.Count + 1)
        {
            throw Broken();
        }

        var sender = new Sender(new UserName(ReadText()), new ConnectionId(ReadText()));
        _senders.Add(sender);
        return sender;
    }

    private static InvalidDataException Broken() => new("a packed batch is broken");
}
