namespace Switchboard.Protocol.Tests.Framing;

/// <summary>A stream whose two directions are memory: reads from what was given, keeps what is written.</summary>
internal sealed class Duplex(byte[] incoming) : Stream
{
    private readonly MemoryStream _incoming = new(incoming);
    private readonly MemoryStream _outgoing = new();

    public byte[] Outgoing => _outgoing.ToArray();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => _incoming.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => _incoming.Read(buffer);

    public override void Write(byte[] buffer, int offset, int count) => _outgoing.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _outgoing.Write(buffer);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
