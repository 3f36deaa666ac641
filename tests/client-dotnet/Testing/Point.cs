namespace Switchboard.Client.Tests.Testing;

/// <summary>A payload.</summary>
internal readonly record struct Point(int X, int Y);
