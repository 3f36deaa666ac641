using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>
/// Appends the fields of a message in the protobuf wire format, or only counts their bytes: an embedded message stands
/// behind its length, so it is counted before it is written. What has its default is left out, as proto3 has it. Half a
/// surrogate pair becomes U+FFFD.
/// </summary>
internal ref struct ProtoOutput
{
    // Of ServerMessage.
    private const int IdField = 1;

    // In so many UTF-16 units are at most 127 bytes, the length of which is one byte.
    private const int ShortText = 42;

    private readonly Span<byte> _span;
    private readonly bool _counts;
    private int _used;

    /// <summary>Only counts.</summary>
    public ProtoOutput() => _counts = true;

    private ProtoOutput(Span<byte> span) => _span = span;

    /// <summary>Appends the fields of a message.</summary>
    public delegate void Body<TMessage>(scoped ref ProtoOutput output, in TMessage message);

    /// <summary>Writes a ServerMessage.</summary>
    /// <param name="output">Where it is written to.</param>
    /// <param name="id">The id of the command that is answered; 0 for none.</param>
    /// <param name="number">The field of the event.</param>
    /// <param name="message">The event.</param>
    /// <param name="body">Appends its fields.</param>
    public static FrameKind Write<TMessage>(
        IBufferWriter<byte> output, long id, int number, in TMessage message, Body<TMessage> body)
    {
        var inner = new ProtoOutput();
        body(ref inner, message);
        var outer = new ProtoOutput();
        outer.Integer(IdField, id);
        outer.Length(number, inner._used);
        int total = outer._used + inner._used;

        var writer = new ProtoOutput(output.GetSpan(total));
        writer.Integer(IdField, id);
        writer.Length(number, inner._used);
        body(ref writer, message);
        output.Advance(total);
        return FrameKind.Binary;
    }

    /// <summary>Appends a number or the value of an enum; a negative one as 64 bits.</summary>
    public void Integer(int number, long value)
    {
        if (value != 0)
        {
            Tag(number, WireType.Varint);
            Varint((ulong)value);
        }
    }

    /// <summary>Appends the value of an enum that is never left out.</summary>
    public void Present(int number, int value)
    {
        Tag(number, WireType.Varint);
        Varint((ulong)value);
    }

    /// <summary>Appends a flag.</summary>
    public void Boolean(int number, bool value) => Integer(number, value ? 1 : 0);

    /// <summary>Appends a text.</summary>
    public void Text(int number, scoped ReadOnlySpan<char> value)
    {
        if (!value.IsEmpty)
        {
            Present(number, value);
        }
    }

    /// <summary>Appends a text that is left out where it is null, but not where it is empty.</summary>
    public void Optional(int number, string? value)
    {
        if (value is not null)
        {
            Present(number, value);
        }
    }

    /// <summary>Appends a text that is never left out.</summary>
    public void Present(int number, scoped ReadOnlySpan<char> value)
    {
        if (_counts || value.Length > ShortText)
        {
            Length(number, Encoding.UTF8.GetByteCount(value));
            _used += _counts ? Encoding.UTF8.GetByteCount(value) : Encoding.UTF8.GetBytes(value, _span[_used..]);
            return;
        }

        Tag(number, WireType.Bytes);
        int written = Encoding.UTF8.GetBytes(value, _span[(_used + 1)..]);
        _span[_used] = (byte)written;
        _used += 1 + written;
    }

    /// <summary>Appends bytes that are never left out.</summary>
    public void Present(int number, scoped ReadOnlySpan<byte> value)
    {
        Length(number, value.Length);
        if (!_counts)
        {
            value.CopyTo(_span[_used..]);
        }

        _used += value.Length;
    }

    /// <summary>Appends a Position.</summary>
    public void Position(int number, in FeedPosition position) =>
        Message(number, position, static (scoped ref ProtoOutput output, in FeedPosition position) =>
        {
            output.Fixed64(1, position.Epoch);
            output.Integer(2, position.Offset);
        });

    /// <summary>Appends the field that names a feed, of which every message has the same two.</summary>
    public void Feed(in FeedRef feed)
    {
        if (feed.Scope == FeedScope.Room)
        {
            Present(1, feed.Room);
        }
        else
        {
            Present(2, (int)feed.Scope);
        }
    }

    /// <summary>Appends an embedded message.</summary>
    public void Message<TMessage>(int number, in TMessage message, Body<TMessage> body)
    {
        var inner = new ProtoOutput();
        body(ref inner, message);
        Length(number, inner._used);
        if (_counts)
        {
            _used += inner._used;
        }
        else
        {
            body(ref this, message);
        }
    }

    /// <summary>Appends embedded messages.</summary>
    public void Messages<TMessage>(int number, IReadOnlyList<TMessage> messages, Body<TMessage> body)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            Message(number, messages[i], body);
        }
    }

    private void Fixed64(int number, ulong value)
    {
        if (value == 0)
        {
            return;
        }

        Tag(number, WireType.Fixed64);
        if (!_counts)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_span[_used..], value);
        }

        _used += sizeof(ulong);
    }

    private void Length(int number, int length)
    {
        Tag(number, WireType.Bytes);
        Varint((ulong)length);
    }

    // All fields of the protocol are below 16, so that a tag is one byte.
    private void Tag(int number, WireType wire)
    {
        if (!_counts)
        {
            _span[_used] = (byte)((number << 3) | (int)wire);
        }

        _used++;
    }

    private void Varint(ulong value)
    {
        if (_counts)
        {
            // Seven bits to a byte.
            _used += (BitOperations.Log2(value | 1) / 7) + 1;
            return;
        }

        while (value >= 0x80)
        {
            _span[_used++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _span[_used++] = (byte)value;
    }
}
