namespace Switchboard.Protocol.Handshake;

/// <summary>How far the parse of a head has come.</summary>
public enum HeadParseStatus
{
    /// <summary>The head is not complete, and nothing is wrong so far.</summary>
    NeedMore,

    /// <summary>The head is complete and well-formed.</summary>
    Done,

    /// <summary>The head is malformed or over a limit.</summary>
    Violation,
}
