using Switchboard.Client.Session;

namespace Switchboard.Client.Wire;

/// <summary>Whom a message is for.</summary>
/// <param name="Room">A room; null for a user or a connection.</param>
/// <param name="Name">The user or connection.</param>
/// <param name="IsConnection">Which of the two.</param>
internal readonly record struct Receiver(RoomSession? Room, string? Name = null, bool IsConnection = false);
