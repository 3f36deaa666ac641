using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>
/// The transport of a session that has no socket: what the session sends is read here, and what it is told, it is told
/// by calls. Only the end comes to it as a peer's would.
/// </summary>
internal sealed class PipeTransport : DefaultConnectionContext, IDuplexPipe
{
    private readonly Pipe _toSession = new(Options);
    private readonly Pipe _fromSession = new(Options);
    private readonly CancellationTokenSource _aborted = new();

    public PipeTransport(string id)
    {
        ConnectionId = id;
        Transport = this;
    }

    /// <summary>The frames that the session sends.</summary>
    public PipeReader Sent => _fromSession.Reader;

    /// <summary>Cancelled when the session will wait no longer for what it sent to be taken.</summary>
    public CancellationToken Aborted => _aborted.Token;

    PipeReader IDuplexPipe.Input => _toSession.Reader;

    PipeWriter IDuplexPipe.Output => _fromSession.Writer;

    // A flush waits until everything was taken, as Kestrel's do: what waits, waits in the session's queue. Whoever reads
    // is never called by whoever sends, who holds a lock.
    private static PipeOptions Options => new(
        readerScheduler: PipeScheduler.ThreadPool,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 1,
        resumeWriterThreshold: 1,
        useSynchronizationContext: false);

    /// <summary>Nobody reads any more what the session sends. By whoever has read.</summary>
    public void StopReading() => Sent.Complete();

    /// <summary>Ends the session, once it does nothing more.</summary>
    /// <param name="goodbye">Whether the connection ends with it, as by a socket's close with 1000.</param>
    public void End(bool goodbye)
    {
        if (goodbye)
        {
            Span<byte> payload = stackalloc byte[2 + CloseFrame.MaxReasonBytes];
            int length = CloseFrame.Write(payload, CloseCode.Normal, string.Empty);
            Span<byte> frame = _toSession.Writer.GetSpan(FrameHeader.MaxLength + length);
            int header = FrameHeaderWriter.WriteMasked(frame, Opcode.Close, length, maskingKey: 0);
            payload[..length].CopyTo(frame[header..]);
            _toSession.Writer.Advance(header + length);
        }

        _toSession.Writer.Complete();
    }

    public override void Abort(ConnectionAbortedException abortReason) => _aborted.Cancel();
}
