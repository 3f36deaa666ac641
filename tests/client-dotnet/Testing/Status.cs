namespace Switchboard.Client.Tests.Testing;

/// <summary>A presence state.</summary>
internal sealed record Status(string Mood);
