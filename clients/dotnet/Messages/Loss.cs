namespace Switchboard.Client;

/// <summary>Messages that this client did not get. What lies between the two positions may still be in the history.</summary>
/// <param name="From">The last that was seen.</param>
/// <param name="To">Behind this it goes on; in another epoch the feed began anew.</param>
/// <param name="Reason">Why: one of <see cref="LossReasons"/>, or another word of the server's.</param>
/// <param name="Count">How many, where that is known: with <see cref="LossReasons.ReaderBehind"/>; else 0.</param>
public sealed record Loss(Position From, Position To, string Reason, long Count = 0);
