using Switchboard.Protocol.Envelope.Commands;

namespace Switchboard.Gateway.Sessions;

/// <summary>A connect that is being carried out, which outlives the message that it came in.</summary>
/// <param name="Id">The id to answer with; 0 for none.</param>
/// <param name="Token">The client's token; null for none. Never logged.</param>
/// <param name="Resume">The resume token; null for a new connection.</param>
/// <param name="Positions">What was last seen; null for nothing.</param>
/// <param name="Turn">The client's count of its resumes; 0 for none.</param>
internal readonly record struct ConnectRequest(
    long Id, string? Token, string? Resume, ConnectPositions? Positions, long Turn);
