namespace Switchboard.Protocol.Envelope.Commands;

/// <summary>What a resuming client last saw of its feeds.</summary>
/// <param name="User">Of its user's feed; null for nothing to recover.</param>
/// <param name="Connection">Of its own feed; null for nothing to recover.</param>
/// <param name="Rooms">Of its rooms, by name; one without a position has nothing to recover.</param>
public sealed record ConnectPositions(
    FeedPosition? User, FeedPosition? Connection, IReadOnlyDictionary<string, FeedPosition> Rooms);
