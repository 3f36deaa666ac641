using System.Buffers;
using System.IO.Pipelines;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>
/// Takes the frames that a session sends off its transport and writes the events in them: a close frame becomes the
/// event "closed", a ping is a mark that the reader has set itself.
/// </summary>
internal sealed class EventReader(PipeTransport transport, IEventWriter writer, TimeProvider time)
{
    private readonly PipeReader _input = transport.Sent;

    /// <summary>How many events were written.</summary>
    public int Count { get; private set; }

    /// <summary>How many marks were passed.</summary>
    public int Marks { get; private set; }

    /// <summary>Whether the session has closed; nothing follows.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Reads on until it is enough, the session has ended, or the time is over.</summary>
    /// <param name="isEnough">Looked at before each read.</param>
    /// <param name="limit">The time; null for any.</param>
    /// <param name="aborted">Ends the reading, too.</param>
    public async Task ReadUntilAsync(Func<bool> isEnough, TimeSpan? limit, CancellationToken aborted)
    {
        if (limit <= TimeSpan.Zero)
        {
            return;
        }

        using CancellationTokenSource over = limit is { } length
            ? new CancellationTokenSource(length, time)
            : new CancellationTokenSource();
        using CancellationTokenRegistration overWakes = Wake(over.Token);
        using CancellationTokenRegistration abortWakes = Wake(aborted);
        using CancellationTokenRegistration transportWakes = Wake(transport.Aborted);
        while (!HasEnded
            && !isEnough()
            && !over.IsCancellationRequested
            && !aborted.IsCancellationRequested
            && !transport.Aborted.IsCancellationRequested)
        {
            Take(await _input.ReadAsync(CancellationToken.None));
        }
    }

    /// <summary>Has whoever reads look again whether it is enough. Any thread.</summary>
    public void Wake() => _input.CancelPendingRead();

    // Not with the token: a read that is cancelled this way leaves everything in its place.
    private CancellationTokenRegistration Wake(CancellationToken token) =>
        token.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), _input);

    private void Take(in ReadResult result)
    {
        ReadOnlySequence<byte> buffer = result.Buffer;
        while (!HasEnded && TryTakeFrame(ref buffer))
        {
        }

        HasEnded |= result.IsCompleted;
        _input.AdvanceTo(buffer.Start, buffer.End);
    }

    private bool TryTakeFrame(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[FrameHeader.MaxLength];
        start = start[..(int)Math.Min(start.Length, buffer.Length)];
        buffer.Slice(0, start.Length).CopyTo(start);
        if (FrameHeaderParser.TryRead(start, out FrameHeader header) != HeaderStatus.Done
            || buffer.Length < header.Length + header.PayloadLength)
        {
            return false;
        }

        ReadOnlySequence<byte> payload = buffer.Slice(header.Length, header.PayloadLength);
        buffer = buffer.Slice(payload.End);
        if (payload.IsSingleSegment)
        {
            Write(header.Opcode, payload.FirstSpan);
            return true;
        }

        byte[] whole = ArrayPool<byte>.Shared.Rent((int)payload.Length);
        payload.CopyTo(whole);
        Write(header.Opcode, whole.AsSpan(0, (int)payload.Length));
        ArrayPool<byte>.Shared.Return(whole);
        return true;
    }

    private void Write(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        switch (opcode)
        {
            case Opcode.Ping:
                Marks++;
                return;
            case Opcode.Close:
                HasEnded = true;
                writer.Write(FallbackEvents.Closed(payload));
                break;
            case Opcode.Binary:
                writer.Write(FallbackEvents.WithBase64(payload));
                break;
            default:
                writer.Write(payload);
                break;
        }

        Count++;
    }
}
