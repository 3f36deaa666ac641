namespace Switchboard.Cli.Api;

/// <summary>A connection of a user.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsAttached">Whether there is a socket; else it is in its grace period.</param>
/// <param name="Rooms">What it is in.</param>
internal sealed record UserConnection(string Id, bool IsAttached, IReadOnlyList<string> Rooms);
