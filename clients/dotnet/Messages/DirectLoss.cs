namespace Switchboard.Client;

/// <summary>Direct messages that this client did not get.</summary>
/// <param name="IsForConnection">Whether they were sent to this connection alone; else to its user.</param>
/// <param name="Loss">What is missing.</param>
public sealed record DirectLoss(bool IsForConnection, Loss Loss);
