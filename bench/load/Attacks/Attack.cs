namespace Switchboard.Load.Attacks;

/// <summary>One attack: what is done, so many times a second.</summary>
internal sealed record Attack(string Name, int StepsPerSecond, Action<Attacker> Step);
