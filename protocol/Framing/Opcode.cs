namespace Switchboard.Protocol.Framing;

/// <summary>What a frame carries (RFC 6455 §5.2, §11.8).</summary>
public enum Opcode : byte
{
    /// <summary>Goes on with the message that an earlier frame began.</summary>
    Continuation = 0x0,

    /// <summary>Begins a message of UTF-8 text.</summary>
    Text = 0x1,

    /// <summary>Begins a message of bytes.</summary>
    Binary = 0x2,

    /// <summary>Begins or answers the closing handshake.</summary>
    Close = 0x8,

    /// <summary>Asks for a pong.</summary>
    Ping = 0x9,

    /// <summary>Answers a ping, or is sent unasked as a heartbeat.</summary>
    Pong = 0xA,
}
