using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A connection without a socket: the test holds the peer's ends of its pipes.</summary>
internal sealed class PipeConnection : DefaultConnectionContext, IDuplexPipe
{
    private readonly Pipe _toServer = new(Inline);
    private readonly Pipe _toClient = new(Inline);

    public PipeConnection()
    {
        ConnectionId = "test";
        Transport = this;
    }

    /// <summary>What the server writes.</summary>
    public PipeReader FromServer => _toClient.Reader;

    /// <summary>What the server reads.</summary>
    public PipeWriter ToServer => _toServer.Writer;

    PipeReader IDuplexPipe.Input => _toServer.Reader;

    PipeWriter IDuplexPipe.Output => _toClient.Writer;

    // As the gateway sets up Kestrel: a flush waits until everything was taken, and continues where that happens.
    private static PipeOptions Inline => new(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 1,
        resumeWriterThreshold: 0,
        useSynchronizationContext: false);

    /// <summary>All bytes that wait to be taken; takes them.</summary>
    public byte[] Take()
    {
        List<byte> taken = [];
        while (FromServer.TryRead(out ReadResult result) && !result.Buffer.IsEmpty)
        {
            foreach (ReadOnlyMemory<byte> segment in result.Buffer)
            {
                taken.AddRange(segment.Span);
            }

            FromServer.AdvanceTo(result.Buffer.End);
        }

        return [.. taken];
    }

    /// <summary>The same, once there is something.</summary>
    public async Task<byte[]> TakeAsync()
    {
        ReadResult result = await FromServer.ReadAsync(Limit.Token());
        FromServer.AdvanceTo(result.Buffer.Start);
        return Take();
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _toServer.Writer.Complete();
        _toClient.Reader.Complete();
    }
}
