namespace Switchboard.Protocol.Envelope.Events;

/// <summary>The answer to a command that returns nothing.</summary>
/// <param name="Id">The command's id.</param>
public readonly record struct OkEvent(long Id);
