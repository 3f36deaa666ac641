using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway.Listening;

/// <summary>A handshake that was accepted: what to answer, and whose it is.</summary>
internal sealed record Admission(WebSocketRoute Route, HandshakeAcceptance Acceptance, IdentityResult Identity);
