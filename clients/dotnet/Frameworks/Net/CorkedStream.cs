using Switchboard.Client.Transports;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Frameworks;

/// <summary>
/// Holds back what is written while it is corked, so that many frames go out in one write. Who else writes meanwhile, such
/// as the answer to a ping, goes in between whole frames.
/// </summary>
internal sealed class CorkedStream(Stream inner) : Stream, ICork
{
    private readonly Lock _gate = new();
    private PooledBuffer _waiting = new(64 * 1024);
    private PooledBuffer _going = new(64 * 1024);
    private bool _isCorked;
    private bool _isWriting;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public void Cork()
    {
        lock (_gate)
        {
            _isCorked = true;
        }
    }

    /// <inheritdoc/>
    public ValueTask UncorkAsync() => WriteAsync(ReadOnlyMemory<byte>.Empty, uncorks: true);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        WriteAsync(buffer, uncorks: false);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, bool uncorks)
    {
        lock (_gate)
        {
            _isCorked &= !uncorks;
            _waiting.Write(bytes.Span);
            if (_isCorked || _isWriting || _waiting.Length == 0)
            {
                return default;
            }

            _isWriting = true;
        }

        return WriteWaitingAsync();
    }

    private async ValueTask WriteWaitingAsync()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_waiting.Length == 0)
                {
                    _isWriting = false;
                    return;
                }

                (_waiting, _going) = (_going, _waiting);
            }

            await inner.WriteAsync(_going.Memory);
            _going.Clear();
        }
    }
}
