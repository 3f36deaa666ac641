namespace Switchboard.Protocol.Deflate;

/// <summary>What both ends agreed on for permessage-deflate (RFC 7692 §7.1).</summary>
/// <param name="ServerNoContextTakeover">Whether the server begins each message with an empty window.</param>
/// <param name="ClientNoContextTakeover">Whether the client begins each message with an empty window.</param>
/// <param name="ServerMaxWindowBits">The largest window the server compresses with: 8 to 15, ours 9 to 15.</param>
/// <param name="ClientMaxWindowBits">The largest window the client compresses with: 8 to 15, ours 9 to 15.</param>
public readonly record struct DeflateParameters(
    bool ServerNoContextTakeover,
    bool ClientNoContextTakeover,
    int ServerMaxWindowBits,
    int ClientMaxWindowBits);
