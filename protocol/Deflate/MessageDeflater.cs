using System.Buffers;

namespace Switchboard.Protocol.Deflate;

/// <summary>
/// Compresses whole messages for permessage-deflate (RFC 7692 §7.2.1). Without context takeover each message can be
/// decoded alone, so one deflater serves any number of connections, and one compressed message all of them.
/// </summary>
/// <remarks>
/// Native memory, measured: about 280 KB with window bits 15, 150 KB with 12 and 140 KB with 9, of which 128 KB is a
/// table of hashes that no option shrinks. Nothing is allocated on the managed heap for a message, except on the
/// fallback (see <see cref="DeflateCodec.IsNative"/>). One call at a time; any thread.
/// </remarks>
public sealed class MessageDeflater : MessageCodec
{
    // A larger message is written in pieces of this many bytes.
    private const int LargestPiece = 16 * 1024;

    private readonly IDeflateEngine _engine;

    /// <summary>A deflater of its own state.</summary>
    /// <param name="contextTakeover">
    /// True to let a message refer to earlier ones: smaller, but they can then be decoded only in order and by one
    /// receiver. False where <c>server_no_context_takeover</c> was agreed on (RFC 7692 §7.1.1.1) or is wished for.
    /// </param>
    /// <param name="windowBits">
    /// The window, <see cref="DeflateCodec.MinServerWindowBits"/> to 15: no back reference is longer than 2 to its
    /// power, in bytes.
    /// </param>
    /// <param name="level">1 (fast) to 9 (small).</param>
    /// <param name="memoryLevel">1 to 9; see <see cref="DeflateCodec.DefaultMemoryLevel"/>. Fallback: unused.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its bounds.</exception>
    public MessageDeflater(
        bool contextTakeover,
        int windowBits = DeflateCodec.MaxWindowBits,
        int level = DeflateCodec.DefaultLevel,
        int memoryLevel = DeflateCodec.DefaultMemoryLevel)
        : this(DeflateCodec.Backend, contextTakeover, windowBits, level, memoryLevel)
    {
    }

    internal MessageDeflater(
        DeflateBackend backend, bool contextTakeover, int windowBits, int level, int memoryLevel)
        : this(CreateEngine(backend, contextTakeover, windowBits, level, memoryLevel))
    {
    }

    internal MessageDeflater(IDeflateEngine engine)
        : base(engine) => _engine = engine;

    /// <summary>
    /// Writes the payload of <paramref name="message"/>, without the 4 octets of its tail, to
    /// <paramref name="output"/>. Incompressible data grows, by at most an eighth and 16 bytes.
    /// </summary>
    /// <remarks>Where the output throws, the deflater is disposed: half a message is in it.</remarks>
    /// <exception cref="ObjectDisposedException">The deflater was disposed.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    public void Compress(ReadOnlySpan<byte> message, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Enter();
        bool completed = false;
        try
        {
            if (message.IsEmpty)
            {
                WriteEmpty(output);
            }
            else
            {
                TailTrimmer trimmer = new(output);
                Feed(message, last: true, PieceFor(message.Length), ref trimmer);
                End(ref trimmer);
            }

            completed = true;
        }
        finally
        {
            Leave(completed);
        }
    }

    /// <inheritdoc cref="Compress(ReadOnlySpan{byte}, IBufferWriter{byte})"/>
    public void Compress(in ReadOnlySequence<byte> message, IBufferWriter<byte> output)
    {
        if (message.IsSingleSegment)
        {
            Compress(message.FirstSpan, output);
            return;
        }

        ArgumentNullException.ThrowIfNull(output);
        Enter();
        bool completed = false;
        try
        {
            CompressSegments(message, output);
            completed = true;
        }
        finally
        {
            Leave(completed);
        }
    }

    internal static void ValidateLevels(int level, int memoryLevel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 9);
        ArgumentOutOfRangeException.ThrowIfLessThan(memoryLevel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(memoryLevel, 9);
    }

    private static IDeflateEngine CreateEngine(
        DeflateBackend backend, bool contextTakeover, int windowBits, int level, int memoryLevel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowBits, DeflateCodec.MinWindowBits(backend));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windowBits, DeflateCodec.MaxWindowBits);
        ValidateLevels(level, memoryLevel);
        return DeflateCodec.CreateDeflateEngine(backend, contextTakeover, windowBits, level, memoryLevel);
    }

    /// <summary>RFC 7692 §7.2.3.6: a stored block whose length is in the tail that was taken off.</summary>
    private static void WriteEmpty(IBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = 0;
        output.Advance(1);
    }

    /// <summary>Room for all of a small message: the fixed codes take up to 9 bits for a byte.</summary>
    private static int PieceFor(long messageLength) =>
        (int)Math.Min(messageLength + (messageLength / 8) + 16, LargestPiece);

    private static void End(ref TailTrimmer trimmer)
    {
        if (!trimmer.HoldsTail())
        {
            throw new InvalidOperationException("the flush did not end in 00 00 FF FF");
        }
    }

    private void CompressSegments(in ReadOnlySequence<byte> message, IBufferWriter<byte> output)
    {
        long left = message.Length;
        if (left == 0)
        {
            WriteEmpty(output);
            return;
        }

        TailTrimmer trimmer = new(output);
        int piece = PieceFor(left);
        foreach (ReadOnlyMemory<byte> segment in message)
        {
            if (!segment.IsEmpty)
            {
                left -= segment.Length;
                Feed(segment.Span, last: left == 0, piece, ref trimmer);
            }
        }

        End(ref trimmer);
    }

    private void Feed(ReadOnlySpan<byte> input, bool last, int piece, ref TailTrimmer trimmer)
    {
        bool done;
        do
        {
            done = _engine.Deflate(input, trimmer.GetSpan(piece), last, out int consumed, out int written);
            trimmer.Advance(written);
            input = input[consumed..];
        }
        while (!done);
    }
}
