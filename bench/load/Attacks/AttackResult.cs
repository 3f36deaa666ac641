namespace Switchboard.Load.Attacks;

/// <summary>One attack's figures: microseconds, bytes, and how the server answered the attacker.</summary>
internal sealed record AttackResult(double Before, double Under, long Grown, string Answers)
{
    public double Ratio => Under / Before;
}
