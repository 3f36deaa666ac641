namespace Switchboard.Protocol.Handshake;

/// <summary>One element of <c>Sec-WebSocket-Extensions</c> (RFC 6455 §9.1): an offer, or the answer to one.</summary>
internal sealed record Extension(string Name, IReadOnlyList<ExtensionParameter> Parameters);
