using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Connections;

/// <summary>A socket that holds a connection.</summary>
/// <param name="Edge">Where the socket is.</param>
/// <param name="Number">Counts the sockets that held the connection, from 1.</param>
public readonly record struct Attachment(EdgeId Edge, long Number);
