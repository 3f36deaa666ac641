using System.Buffers;
using System.IO.Pipelines;
using Switchboard.Core.Feeds;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>An <see cref="Outbound"/> over a pipe that the test empties; all on the test's thread.</summary>
internal sealed class OutboundRig : IOutboundOwner, IAsyncDisposable
{
    private readonly PipeConnection _pipe = new();

    public OutboundRig(long maxQueueBytes = 1 << 20, long behindBytes = 64 * 1024)
    {
        Outbound = new Outbound(((IDuplexPipe)_pipe).Output, new OutboundLimits(maxQueueBytes, behindBytes), this);
    }

    public Outbound Outbound { get; }

    public int Drained { get; private set; }

    public int Dropped { get; private set; }

    public int Superseded { get; private set; }

    public int Progress { get; private set; }

    public int SentMessages { get; private set; }

    public int SentBytes { get; private set; }

    /// <summary>A binary frame's bytes: the payload is so many times one byte.</summary>
    public static byte[] Frame(byte content, int length)
    {
        byte[] payload = Bytes(content, length);
        byte[] frame = new byte[FrameHeaderWriter.LengthFor(length) + length];
        FrameHeaderWriter.Write(frame, Opcode.Binary, length, fin: true, compressed: false);
        payload.CopyTo(frame, frame.Length - length);
        return frame;
    }

    public static byte[] Bytes(byte content, int length)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill(content);
        return bytes;
    }

    /// <summary>Sends shared frames in one call; returns how many were taken.</summary>
    public int Send(params (byte Content, int Length)[] frames) => Send(DeliveryClass.Reliable, null, frames);

    public int Send(DeliveryClass deliveryClass, SlotKey? slot, params (byte Content, int Length)[] frames)
    {
        SharedBuffer buffer = SharedBuffer.Rent();
        OutboundFrame[] sent =
        [
            .. frames.Select(frame => FrameEncoder.Append(
                buffer, Opcode.Binary, Bytes(frame.Content, frame.Length), compressed: false, deliveryClass, slot)),
        ];
        int taken = Outbound.Send(buffer, sent);
        buffer.Release();
        return taken;
    }

    /// <summary>What has been flushed and not been taken yet, in one flush; the next one begins with it.</summary>
    public byte[] TakeOnce()
    {
        if (!_pipe.FromServer.TryRead(out ReadResult result))
        {
            return [];
        }

        byte[] bytes = result.Buffer.ToArray();
        _pipe.FromServer.AdvanceTo(result.Buffer.End);
        return bytes;
    }

    /// <summary>All that comes.</summary>
    public byte[] Take() => _pipe.Take();

    /// <summary>The socket is gone.</summary>
    public void Break() => _pipe.FromServer.Complete();

    public ValueTask DisposeAsync() => _pipe.DisposeAsync();

    void IOutboundOwner.OnSent(int messages, int bytes)
    {
        SentMessages += messages;
        SentBytes += bytes;
    }

    void IOutboundOwner.OnProgress() => Progress++;

    void IOutboundOwner.OnDrained() => Drained++;

    void IOutboundOwner.OnDropped() => Dropped++;

    void IOutboundOwner.OnSuperseded() => Superseded++;
}
