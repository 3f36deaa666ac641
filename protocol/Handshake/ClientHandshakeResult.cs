using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Handshake;

/// <summary>What a client makes of the server's answer.</summary>
/// <param name="Status">
/// <see cref="HeadParseStatus.Done"/> where the connection is now a WebSocket; <see cref="HeadParseStatus.Violation"/>
/// where it must be closed.
/// </param>
/// <param name="Head">The answer; null while it is incomplete, and where it is malformed.</param>
/// <param name="Subprotocol">The subprotocol that the server chose; null for none.</param>
/// <param name="Deflate">The agreed compression; null where messages are not compressed.</param>
/// <param name="Error">What is wrong, in a sentence; null where nothing is.</param>
public sealed record ClientHandshakeResult(
    HeadParseStatus Status,
    ResponseHead? Head = null,
    string? Subprotocol = null,
    DeflateParameters? Deflate = null,
    string? Error = null)
{
    /// <summary>How many bytes of the input the head took; 0 where there is none.</summary>
    public int Consumed => Head?.Length ?? 0;

    internal static ClientHandshakeResult NeedMore { get; } = new(HeadParseStatus.NeedMore);

    internal static ClientHandshakeResult Violation(string error, ResponseHead? head = null) =>
        new(HeadParseStatus.Violation, head, Error: error);
}
