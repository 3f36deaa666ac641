namespace Switchboard.Protocol.Envelope.Json;

/// <summary>Why a text could not be read as JSON.</summary>
internal enum JsonFault : byte
{
    None,

    /// <summary>It breaks the grammar of RFC 8259.</summary>
    Syntax,

    /// <summary>It nests deeper than <see cref="EnvelopeLimits.MessageDepth"/>.</summary>
    Depth,
}
