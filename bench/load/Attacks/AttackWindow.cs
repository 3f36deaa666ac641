namespace Switchboard.Load.Attacks;

/// <summary>One stretch of time: the victims' 99th percentile in microseconds, its length, the processor seconds of the server and of the
/// attacker, and what the attacker did, where there was one.</summary>
internal sealed record AttackWindow(double P99, double Seconds, double ServerCpu, double AttackerCpu, AttackerTally? Tally);
