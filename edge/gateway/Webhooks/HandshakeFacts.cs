namespace Switchboard.Gateway;

/// <summary>What the application is told of a client's handshake, where it says who the client is.</summary>
/// <param name="Query">The query as it was sent, without its '?'.</param>
/// <param name="Headers">The headers that the options name and the client sent.</param>
public sealed record HandshakeFacts(string Query, IReadOnlyDictionary<string, string> Headers);
