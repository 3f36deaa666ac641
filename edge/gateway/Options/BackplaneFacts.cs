namespace Switchboard.Gateway;

/// <summary>What the backplane is configured to, as clients are told it. The program that configures both says so.</summary>
/// <param name="Grace">How long a connection can be resumed after its socket is gone.</param>
/// <param name="MaxRooms">The most rooms of a connection.</param>
/// <param name="MaxStateBytes">The largest presence state, in bytes.</param>
public sealed record BackplaneFacts(TimeSpan Grace, int MaxRooms, int MaxStateBytes);
