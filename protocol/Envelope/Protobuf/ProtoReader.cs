using System.Buffers.Binary;

namespace Switchboard.Protocol.Envelope.Protobuf;

/// <summary>
/// Goes through the fields of a message in the protobuf wire format. Never throws and never recurses for what it
/// reads; a varint that is longer than it need be is read, one that does not fit 64 bits is not.
/// </summary>
/// <param name="message">The message.</param>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const string Truncated = "it ends in the midst of a field";
    private const string TooLong = "a varint does not fit 64 bits";
    private const string LongLength = "a length does not fit 32 bits";
    private const string BadTag = "a tag has a field number or a wire type that there is not";
    private const string Unmatched = "a group ends that did not begin";

    private const int LastByteOfVarint = 9;
    private const ulong MaxTag = uint.MaxValue;
    private const ulong MaxLength = uint.MaxValue;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _at;

    /// <summary>What is wrong with the message; null while nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads the next field. False at the end and at a fault.</summary>
    public bool TryNext(out ProtoToken field)
    {
        field = default;
        return _at < _message.Length && TryReadTag(ref field) && TryReadValue(ref field);
    }

    private bool TryReadTag(ref ProtoToken field)
    {
        if (!TryReadVarint(out ulong tag))
        {
            return false;
        }

        field.Number = (int)(tag >> 3);
        field.Wire = (WireType)(tag & 7);
        return (tag <= MaxTag && field.Number != 0 && field.Wire <= WireType.Fixed32) || Fail(BadTag);
    }

    private bool TryReadValue(ref ProtoToken field)
    {
        switch (field.Wire)
        {
            case WireType.Varint:
                field.Start = _at;
                bool read = TryReadVarint(out field.Value);
                field.Length = _at - field.Start;
                return read;
            case WireType.Fixed64:
                return TryTake(sizeof(ulong), ref field)
                    && BinaryPrimitives.TryReadUInt64LittleEndian(field.BytesIn(_message), out field.Value);
            case WireType.Fixed32:
                return TryTake(sizeof(uint), ref field);
            case WireType.Bytes:
                return TryReadVarint(out ulong length) && TryTake(length, ref field);
            case WireType.StartGroup:
                return TrySkipGroup(field.Number);
            default:
                return Fail(Unmatched);
        }
    }

    private bool TryTake(ulong length, ref ProtoToken field)
    {
        if (length > (ulong)(_message.Length - _at))
        {
            return Fail(length > MaxLength ? LongLength : Truncated);
        }

        field.Start = _at;
        field.Length = (int)length;
        _at += field.Length;
        return true;
    }

    private bool TryReadVarint(out ulong value)
    {
        ReadOnlySpan<byte> message = _message;
        int at = _at;
        if ((uint)at < (uint)message.Length && message[at] < 0x80)
        {
            value = message[at];
            _at = at + 1;
            return true;
        }

        return TryReadLongVarint(out value);
    }

    private bool TryReadLongVarint(out ulong value)
    {
        ReadOnlySpan<byte> rest = _message[_at..];
        value = 0;
        for (int i = 0; i < rest.Length; i++)
        {
            byte next = rest[i];
            if (i == LastByteOfVarint && next > 1)
            {
                return Fail(TooLong);
            }

            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                _at += i + 1;
                return true;
            }
        }

        return Fail(Truncated);
    }

    // Its fields may be groups in turn, each of which ends under the number that it began with.
    private bool TrySkipGroup(int number)
    {
        Span<int> open = stackalloc int[EnvelopeLimits.MessageDepth];
        open[0] = number;
        for (int depth = 1; depth > 0;)
        {
            ProtoToken field = default;
            if (!TryReadTag(ref field))
            {
                return false;
            }

            switch (field.Wire)
            {
                case WireType.StartGroup when depth == open.Length:
                    return Fail($"groups nest deeper than {EnvelopeLimits.MessageDepth} levels");
                case WireType.StartGroup:
                    open[depth++] = field.Number;
                    break;
                case WireType.EndGroup when open[--depth] != field.Number:
                    return Fail(Unmatched);
                case WireType.EndGroup:
                    break;
                default:
                    if (!TryReadValue(ref field))
                    {
                        return false;
                    }

                    break;
            }
        }

        return true;
    }

    private bool Fail(string fault)
    {
        Fault = fault;
        return false;
    }
}
