using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Protocol.Handshake;

/// <summary>The server's decision about an opening handshake: an acceptance or a refusal.</summary>
public sealed class HandshakeResult
{
    internal HandshakeResult(HandshakeAcceptance acceptance) => Acceptance = acceptance;

    internal HandshakeResult(HandshakeRefusal refusal) => Refusal = refusal;

    /// <summary>Whether the connection is now a WebSocket, once the answer is sent.</summary>
    [MemberNotNullWhen(true, nameof(Acceptance))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Acceptance is not null;

    /// <summary>What was agreed; null where the request is refused.</summary>
    public HandshakeAcceptance? Acceptance { get; }

    /// <summary>Why not; null where the request is accepted.</summary>
    public HandshakeRefusal? Refusal { get; }
}
