namespace Switchboard.Protocol.Handshake;

/// <summary>Where in a head a <see cref="HeadScanner"/> is.</summary>
internal enum HeadScanPhase : byte
{
    /// <summary>Before the first space of a request line.</summary>
    Method,

    /// <summary>Between the spaces of a request line.</summary>
    Target,

    /// <summary>Anywhere that only a line break matters.</summary>
    Line,
}
