namespace Switchboard.Load.Compare;

/// <summary>One of the sides that take turns: a round's number goes in, its figure comes out.</summary>
internal sealed record Side(string Name, Func<int, double> Measure);
