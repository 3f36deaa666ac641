namespace Switchboard.Core.Backplane;

/// <summary>What became of a user's connections.</summary>
/// <param name="Status">Ok, TooManyBans or Unavailable: with that some may be left, and the call may be made again.</param>
/// <param name="Count">How many were ended.</param>
public readonly record struct DisconnectResult(BackplaneStatus Status, int Count);
