namespace Switchboard.Protocol.Handshake;

/// <summary>What a <see cref="HeadScanner"/> knows so far.</summary>
internal enum HeadScanStatus
{
    /// <summary>The head may still become a good one.</summary>
    NeedMore,

    /// <summary>The empty line was reached.</summary>
    Done,

    /// <summary>A CR without LF, or an LF without CR.</summary>
    BareLineBreak,

    /// <summary>The first line is empty.</summary>
    EmptyFirstLine,

    /// <summary>The request target is over its limit.</summary>
    TargetTooLong,

    /// <summary>There are too many header lines.</summary>
    TooManyHeaders,

    /// <summary>The head is over its limit.</summary>
    TooLong,
}
