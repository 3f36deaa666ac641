namespace Switchboard.Client.Bench;

/// <summary>The payload.</summary>
internal readonly record struct Point(int X, int Y);
