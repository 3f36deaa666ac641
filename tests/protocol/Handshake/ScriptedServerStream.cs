using System.Buffers;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

/// <summary>
/// The far end of a connection, without a socket: it parses the request that is written to it, evaluates it, and lets
/// the answer be read, then the end of the stream.
/// </summary>
internal sealed class ScriptedServerStream(HandshakeOptions options) : Stream
{
    private readonly MemoryStream _request = new();
    private readonly TaskCompletionSource<MemoryStream> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RequestHeadParser _parser;

    public HandshakeResult? Result { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Result is not null)
        {
            return;
        }

        _request.Write(buffer);
        RequestHeadResult head = _parser.Parse(new ReadOnlySequence<byte>(_request.ToArray()), new HeadLimits());
        ArrayBufferWriter<byte> answer = new();
        switch (head)
        {
            case { IsDone: true }:
                Result = ServerHandshake.Evaluate(head.Head, options);
                if (Result.IsAccepted)
                {
                    HandshakeResponse.Write(answer, Result.Acceptance);
                }
                else
                {
                    HandshakeResponse.Write(answer, Result.Refusal);
                }

                break;
            case { IsViolation: true }:
                HandshakeResponse.Write(answer, head.Refusal);
                break;
            default:
                return;
        }

        _answer.TrySetResult(new MemoryStream(answer.WrittenSpan.ToArray()));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A read of zero bytes waits for data.
        MemoryStream answer = await _answer.Task.WaitAsync(cancellationToken);
        return answer.Read(buffer.Span);
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _request.Dispose();
        base.Dispose(disposing);
    }
}
