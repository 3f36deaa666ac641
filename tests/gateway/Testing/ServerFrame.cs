namespace Switchboard.Gateway.Tests.Testing;

/// <summary>One frame of the server's, as it stood on the wire.</summary>
internal readonly record struct ServerFrame(byte First, byte[] Payload)
{
    public bool IsCompressed => (First & 0x40) != 0;

    public int Opcode => First & 0x0F;

    public int CloseCode => (Payload[0] << 8) | Payload[1];
}
