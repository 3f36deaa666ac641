using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Framing;

/// <summary>
/// Turns bytes as they come from a socket into messages and control frames (RFC 6455 §5 to §8, RFC 7692 §6).
/// Takes everything it is given; keeps what is unfinished in pooled buffers. Never throws for what a peer sent.
/// </summary>
/// <remarks>
/// A mutable struct, to be embedded in its connection: a message that lies whole in one span is unmasked in place and
/// handed out without a copy or an allocation.
/// </remarks>
public struct MessageReader
{
    // RFC 6455 §5.5
    private const int MaxControlBytes = 125;

    private readonly MessageLimits _limits;
    private readonly IInflaterSource? _inflaters;
    private readonly bool _peerIsClient;

    // The frame being read.
    private bool _inFrame;
    private bool _fin;
    private Opcode _opcode;
    private uint _key;
    private long _remaining;
    private byte _partialLength;
    private PartialHeader _partial;
    private bool _inControl;
    private PooledBuffer? _control;

    // The message being read; Continuation stands for none.
    private Opcode _message;
    private bool _compressed;
    private bool _handedOut;
    private bool _ended;
    private int _fragments;
    private Utf8Validator _utf8;
    private PooledBuffer? _assembly;
    private MessageInflater? _inflater;

    /// <param name="limits">What the peer may send.</param>
    /// <param name="peerIsClient">Whether the peer's frames must be masked (RFC 6455 §5.1) or must not be.</param>
    /// <param name="inflaters">Where inflaters come from; null when permessage-deflate was not negotiated.</param>
    public MessageReader(MessageLimits limits, bool peerIsClient = true, IInflaterSource? inflaters = null)
    {
        _limits = limits;
        _peerIsClient = peerIsClient;
        _inflaters = inflaters;
    }

    /// <summary>After <see cref="ReadStatus.Violation"/>: what was wrong.</summary>
    public ProtocolViolation? Violation { get; private set; }

    /// <summary>Whether a frame or a message has begun that is not finished.</summary>
    public readonly bool IsMidMessage => _inFrame || _partialLength != 0 || _message != Opcode.Continuation;

    /// <summary>Reads the next message or control frame.</summary>
    /// <param name="input">What came; masked payloads in it are unmasked in place.</param>
    /// <param name="position">Where in the input to go on; moved past what was used.</param>
    /// <param name="payload">
    /// The payload, valid until the next call of this or of <see cref="Release"/>, and as long as the input is; empty
    /// where there is no message.
    /// </param>
    public ReadStatus Read(Span<byte> input, ref int position, out Span<byte> payload)
    {
        payload = default;
        if (_handedOut)
        {
            _handedOut = false;
            (_inControl ? _control : _assembly)!.Clear();
        }

        while (!_ended)
        {
            if (!_inFrame)
            {
                if (!TryReadHeader(input, ref position, out FrameHeader header))
                {
                    return Violation is null ? ReadStatus.NeedMore : ReadStatus.Violation;
                }

                if (Check(header) is { } violation)
                {
                    return Fail(violation);
                }

                if (header.PayloadLength <= input.Length - position
                    && (header.IsControl || (header.Fin && _message == Opcode.Continuation && !header.Compressed)))
                {
                    payload = input.Slice(position, (int)header.PayloadLength);
                    position += payload.Length;
                    Masking.Apply(payload, header.MaskingKey);
                    return header.IsControl
                        ? FinishControl(header.Opcode, ref payload)
                        : FinishWhole(header.Opcode, ref payload);
                }

                Begin(header);
            }

            ReadStatus status = ReadSplit(input, ref position, out payload);
            if (status != ReadStatus.NeedMore || _inFrame)
            {
                return status;
            }
        }

        position = input.Length;
        return Violation is null ? ReadStatus.NeedMore : ReadStatus.Violation;
    }

    /// <summary>Gives back what unfinished messages hold. The reader is not to be used after it.</summary>
    public void Release()
    {
        _ended = true;
        _assembly?.Clear();
        _control?.Clear();
        ReturnInflater();
    }

    private bool TryReadHeader(Span<byte> input, ref int position, out FrameHeader header)
    {
        HeaderStatus status;
        if (_partialLength == 0)
        {
            status = FrameHeaderParser.TryRead(input[position..], out header);
            if (status == HeaderStatus.Done)
            {
                position += header.Length;
                return true;
            }
        }
        else
        {
            header = default;
            status = HeaderStatus.NeedMore;
        }

        Span<byte> partial = _partial;
        while (status == HeaderStatus.NeedMore && position < input.Length)
        {
            partial[_partialLength++] = input[position++];
            status = FrameHeaderParser.TryRead(partial[.._partialLength], out header);
        }

        if (status == HeaderStatus.InvalidLength)
        {
            Fail(ProtocolViolation.Length);
        }
        else if (status == HeaderStatus.Done)
        {
            _partialLength = 0;
        }

        return status == HeaderStatus.Done;
    }

    // Which header is allowed here, and which may not be followed by its payload.
    private readonly ProtocolViolation? Check(in FrameHeader header)
    {
        // RFC 6455 §5.2: no reserved bit but RSV1, where it was negotiated (RFC 7692 §6).
        if ((header.ReservedBits & 3) != 0 || (header.Compressed && _inflaters is null))
        {
            return ProtocolViolation.ReservedBits;
        }

        // RFC 6455 §5.1
        if (header.Masked != _peerIsClient)
        {
            return _peerIsClient ? ProtocolViolation.NotMasked : ProtocolViolation.Masked;
        }

        return header.IsControl ? CheckControl(header) : CheckData(header);
    }

    // RFC 6455 §5.5
    private static ProtocolViolation? CheckControl(in FrameHeader header)
    {
        if (header.Opcode > Opcode.Pong)
        {
            return ProtocolViolation.ReservedOpcode;
        }

        if (!header.Fin)
        {
            return ProtocolViolation.FragmentedControl;
        }

        // RFC 7692 §6.1: a control frame is never compressed.
        return header.Compressed ? ProtocolViolation.ReservedBits
            : header.PayloadLength > MaxControlBytes ? ProtocolViolation.LongControl
            : null;
    }

    // RFC 6455 §5.4 and §5.6
    private readonly ProtocolViolation? CheckData(in FrameHeader header)
    {
        if (header.Opcode > Opcode.Binary)
        {
            return ProtocolViolation.ReservedOpcode;
        }

        bool goesOn = header.Opcode == Opcode.Continuation;
        if (goesOn != (_message != Opcode.Continuation))
        {
            return goesOn ? ProtocolViolation.StrayContinuation : ProtocolViolation.UnfinishedMessage;
        }

        // RFC 7692 §6.1: RSV1 stands on a message's first frame only.
        if (goesOn && header.Compressed)
        {
            return ProtocolViolation.CompressedContinuation;
        }

        if (header.PayloadLength > _limits.MaxFrameBytes)
        {
            return ProtocolViolation.FrameTooBig;
        }

        bool compressed = goesOn ? _compressed : header.Compressed;
        if (!compressed && header.PayloadLength > _limits.MaxMessageBytes - (goesOn ? _assembly!.Length : 0))
        {
            return ProtocolViolation.MessageTooBig;
        }

        return goesOn && _fragments >= _limits.MaxFragments ? ProtocolViolation.TooManyFragments : null;
    }

    private void Begin(in FrameHeader header)
    {
        _inFrame = true;
        _fin = header.Fin;
        _opcode = header.Opcode;
        _key = header.MaskingKey;
        _remaining = header.PayloadLength;
        _inControl = header.IsControl;
        if (_inControl)
        {
            _control ??= new PooledBuffer();
            return;
        }

        if (header.Opcode != Opcode.Continuation)
        {
            _message = header.Opcode;
            _compressed = header.Compressed;
            _fragments = 0;
            _utf8 = default;
            _assembly ??= new PooledBuffer();
        }

        _fragments++;
    }

    private ReadStatus ReadSplit(Span<byte> input, ref int position, out Span<byte> payload)
    {
        payload = default;
        Span<byte> chunk = input.Slice(position, (int)Math.Min(_remaining, input.Length - position));
        position += chunk.Length;
        _remaining -= chunk.Length;
        _key = Masking.Apply(chunk, _key);
        bool frameEnds = _remaining == 0;
        _inFrame = !frameEnds;
        if (_inControl)
        {
            _control!.Write(chunk);
            if (!frameEnds)
            {
                return ReadStatus.NeedMore;
            }

            _handedOut = true;
            payload = _control.Written;
            return FinishControl(_opcode, ref payload);
        }

        bool messageEnds = frameEnds && _fin;
        if (Append(chunk, messageEnds) is { } violation)
        {
            return Fail(violation);
        }

        if (!messageEnds)
        {
            return ReadStatus.NeedMore;
        }

        ReadStatus status = _message == Opcode.Text ? ReadStatus.Text : ReadStatus.Binary;
        _message = Opcode.Continuation;
        _handedOut = true;
        payload = _assembly!.Written;
        return status;
    }

    private ProtocolViolation? Append(ReadOnlySpan<byte> chunk, bool messageEnds)
    {
        PooledBuffer assembly = _assembly!;
        int before = assembly.Length;
        InflateStatus inflated = InflateStatus.Ok;
        if (_compressed)
        {
            inflated = Inflate(chunk, messageEnds, assembly);
        }
        else
        {
            assembly.Write(chunk);
        }

        // RFC 6455 §8.1; at once rather than at the end, so that a long message can't go on being wrong, and before
        // what stopped the inflater, so that the code does not depend on how the message was cut.
        if (_message == Opcode.Text && !_utf8.Append(assembly.Written[before..]))
        {
            return ProtocolViolation.Text;
        }

        return inflated switch
        {
            InflateStatus.TooLarge => ProtocolViolation.MessageTooBig,
            InflateStatus.Corrupt => ProtocolViolation.Compression,
            _ => messageEnds && _message == Opcode.Text && !_utf8.IsComplete ? ProtocolViolation.Text : null,
        };
    }

    private InflateStatus Inflate(ReadOnlySpan<byte> chunk, bool messageEnds, PooledBuffer output)
    {
        _inflater ??= _inflaters!.Rent();
        InflateStatus inflated = _inflater.Write(chunk, messageEnds, output, _limits.MaxMessageBytes);
        if (messageEnds)
        {
            ReturnInflater();
        }

        return inflated;
    }

    private ReadStatus FinishWhole(Opcode opcode, ref Span<byte> payload)
    {
        if (opcode == Opcode.Binary)
        {
            return ReadStatus.Binary;
        }

        if (Utf8.IsValid(payload))
        {
            return ReadStatus.Text;
        }

        payload = default;
        return Fail(ProtocolViolation.Text);
    }

    private ReadStatus FinishControl(Opcode opcode, ref Span<byte> payload)
    {
        if (opcode != Opcode.Close)
        {
            return opcode == Opcode.Ping ? ReadStatus.Ping : ReadStatus.Pong;
        }

        if (CloseFrame.Check(payload) is { } violation)
        {
            payload = default;
            return Fail(violation);
        }

        _ended = true;
        return ReadStatus.Close;
    }

    private ReadStatus Fail(ProtocolViolation violation)
    {
        Violation = violation;
        Release();
        return ReadStatus.Violation;
    }

    private void ReturnInflater()
    {
        if (_inflater is not null)
        {
            _inflaters!.Return(_inflater);
            _inflater = null;
        }
    }

    [InlineArray(FrameHeader.MaxLength)]
    private struct PartialHeader
    {
        private byte _first;
    }
}
