namespace Switchboard.Load.Attacks;

/// <summary>One attack: what is done, so many times a second.</summary>
/// <param name="Name">Its name.</param>
/// <param name="StepsPerSecond">How often.</param>
/// <param name="Sink">What the sink does with it.</param>
/// <param name="Step">What is done.</param>
/// <param name="Settings">What the server is told besides; <c>{sink}</c> stands for the sink's address.</param>
internal sealed record Attack(
    string Name, int StepsPerSecond, SinkAnswer Sink, Action<Attacker> Step, string Settings = "");
