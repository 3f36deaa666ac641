namespace Switchboard.Protocol.Framing;

/// <summary>What reading came to.</summary>
public enum ReadStatus : byte
{
    /// <summary>The input is used up.</summary>
    NeedMore,

    /// <summary>A whole message of text, valid UTF-8.</summary>
    Text,

    /// <summary>A whole message of bytes.</summary>
    Binary,

    /// <summary>A ping; its payload is to be sent back in a pong.</summary>
    Ping,

    /// <summary>A pong.</summary>
    Pong,

    /// <summary>A close frame, valid; its payload is empty, or a code and a reason. Nothing after it counts.</summary>
    Close,

    /// <summary>The peer broke a rule; nothing after it can be read.</summary>
    Violation,
}
