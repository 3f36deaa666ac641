using System.Buffers;
using Switchboard.Core.Feeds;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.WebSockets;

/// <summary>Puts whole frames into a shared buffer, one after another.</summary>
internal static class FrameEncoder
{
    public static OutboundFrame Append(
        SharedBuffer target,
        Opcode opcode,
        ReadOnlySpan<byte> payload,
        bool compressed,
        DeliveryClass deliveryClass = DeliveryClass.Reliable,
        SlotKey? slot = null)
    {
        int start = target.Length;
        int header = FrameHeaderWriter.LengthFor(payload.Length);
        FrameHeaderWriter.Write(target.GetSpan(header), opcode, payload.Length, fin: true, compressed);
        target.Advance(header);
        target.Write(payload);
        return new OutboundFrame(start, target.Length - start, deliveryClass, slot);
    }
}
