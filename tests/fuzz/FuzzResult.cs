using System.Globalization;

namespace Switchboard.Fuzz;

/// <summary>What fuzzing a target came to.</summary>
internal sealed record FuzzResult(
    string Target, long Executions, TimeSpan Elapsed, int Inputs, int Features, bool Passed)
{
    private double PerSecond => Executions / Elapsed.TotalSeconds;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Target,-10} {Executions,11:N0} executions in {Elapsed.TotalSeconds,7:N1} s, {PerSecond,9:N0}/s, "
            + $"{Features,5:N0} features from {Inputs,5:N0} inputs{(Passed ? "" : ", FAILED")}");
}
