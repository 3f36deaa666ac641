using System.Buffers;

namespace Switchboard.Protocol.Deflate;

/// <summary>
/// Decompresses messages of permessage-deflate (RFC 7692 §7.2.2) as their pieces arrive. Never throws for what a peer
/// sent, and never gives out more than the limit.
/// </summary>
/// <remarks>
/// Native memory, measured: about 40 KB. Nothing is allocated on the managed heap for a message, except on the
/// fallback (see <see cref="DeflateCodec.IsNative"/>). One call at a time; any thread. A block with BFINAL set (RFC
/// 7692 §7.2.3.5) may be followed by others, which cannot refer back across it. A message that stops in the midst of a
/// block is decoded as far as it goes, and not reported.
/// </remarks>
public sealed class MessageInflater : MessageCodec
{
    private const int SmallestPiece = 512;
    private const int LargestPiece = 32 * 1024;

    private readonly IInflateEngine _engine;
    private readonly bool _contextTakeover;
    private InflateStatus _status;
    private long _written;
    private bool _isClean = true;

    /// <summary>An inflater of its own state.</summary>
    /// <param name="contextTakeover">
    /// True to keep the window from message to message; false where <c>client_no_context_takeover</c> was agreed on
    /// (RFC 7692 §7.1.1.2): a message that refers to an earlier one is then corrupt.
    /// </param>
    /// <param name="windowBits">The peer's window, 8 to 15. 15 decodes them all, and takes no more memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is out of its bounds.</exception>
    public MessageInflater(bool contextTakeover, int windowBits = DeflateCodec.MaxWindowBits)
        : this(DeflateCodec.Backend, contextTakeover, windowBits)
    {
    }

    internal MessageInflater(DeflateBackend backend, bool contextTakeover, int windowBits)
        : this(CreateEngine(backend, windowBits), contextTakeover)
    {
    }

    private MessageInflater(IInflateEngine engine, bool contextTakeover)
        : base(engine)
    {
        _engine = engine;
        _contextTakeover = contextTakeover;
    }

    /// <summary>Decompresses the next piece of a message, cut anywhere, also empty.</summary>
    /// <param name="compressed">The payload, unmasked.</param>
    /// <param name="final">True with the last piece of the message. The next piece starts another message.</param>
    /// <param name="output">Takes what is decompressed, in pieces that grow with the message up to 32 KB.</param>
    /// <param name="maxOutput">The most bytes that this message may have, over all its pieces.</param>
    /// <returns>
    /// Anything but <see cref="InflateStatus.Ok"/> ends the message and is said again until <see cref="Reset"/>; the
    /// output then holds at most <paramref name="maxOutput"/> bytes of it.
    /// </returns>
    /// <remarks>Where the output throws, the inflater is disposed: half a message is in it.</remarks>
    /// <exception cref="ObjectDisposedException">The inflater was disposed.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    public InflateStatus Write(
        ReadOnlySpan<byte> compressed, bool final, IBufferWriter<byte> output, long maxOutput)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNegative(maxOutput);
        Enter();
        bool completed = false;
        try
        {
            if (_status == InflateStatus.Ok)
            {
                _isClean = false;
                _status = Advance(compressed, final, output, maxOutput);
            }

            completed = true;
            return _status;
        }
        finally
        {
            Leave(completed);
        }
    }

    /// <summary>Abandons the message and forgets the window, as if new.</summary>
    /// <exception cref="ObjectDisposedException">The inflater was disposed.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    public void Reset()
    {
        Enter();
        bool completed = false;
        try
        {
            StartAfresh();
            completed = true;
        }
        finally
        {
            Leave(completed);
        }
    }

    private static IInflateEngine CreateEngine(DeflateBackend backend, int windowBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowBits, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowBits, DeflateCodec.MaxWindowBits);
        return DeflateCodec.CreateInflateEngine(backend, windowBits);
    }

    private static int PieceFor(long expected) => (int)Math.Clamp(expected, SmallestPiece, LargestPiece);

    private InflateStatus Advance(
        ReadOnlySpan<byte> compressed, bool final, IBufferWriter<byte> output, long maxOutput)
    {
        int piece = PieceFor(Math.Max(_written, 2L * compressed.Length));
        InflateStatus status = Decode(compressed, output, maxOutput, piece);
        if (status != InflateStatus.Ok || !final)
        {
            return status;
        }

        // RFC 7692 §7.2.2: the tail that the sender took off. It has no output of its own, so it asks for no room.
        status = Decode(DeflateCodec.Tail, output, maxOutput, piece: 1);
        if (status == InflateStatus.Ok)
        {
            if (_contextTakeover)
            {
                _written = 0;
            }
            else
            {
                StartAfresh();
            }
        }

        return status;
    }

    private InflateStatus Decode(
        ReadOnlySpan<byte> compressed, IBufferWriter<byte> output, long maxOutput, int piece)
    {
        while (_written < maxOutput)
        {
            long room = maxOutput - _written;
            Span<byte> span = output.GetSpan((int)Math.Min(piece, room));
            if (span.Length > room)
            {
                span = span[..(int)room];
            }

            if (!_engine.TryInflate(compressed, span, out int consumed, out int written))
            {
                return InflateStatus.Corrupt;
            }

            output.Advance(written);
            _written += written;
            compressed = compressed[consumed..];
            if (written < span.Length)
            {
                return InflateStatus.Ok;
            }

            piece = PieceFor(_written);
        }

        return DecodeBeyondLimit(compressed);
    }

    /// <summary>At the limit only what gives no output may follow. One byte, kept from the output, tells.</summary>
    private InflateStatus DecodeBeyondLimit(ReadOnlySpan<byte> compressed)
    {
        Span<byte> excess = stackalloc byte[1];
        bool sound = _engine.TryInflate(compressed, excess, out _, out int written);

        // What comes first counts: an excess byte before corrupt data.
        return written > 0 ? InflateStatus.TooLarge
            : sound ? InflateStatus.Ok
            : InflateStatus.Corrupt;
    }

    private void StartAfresh()
    {
        if (!_isClean)
        {
            _engine.Reset();
            _isClean = true;
        }

        _written = 0;
        _status = InflateStatus.Ok;
    }
}
