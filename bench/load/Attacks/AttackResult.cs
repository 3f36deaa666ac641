using System.Globalization;

namespace Switchboard.Load.Attacks;

/// <summary>One attack's figures, by round: without it, with it on a sink beside the server, and with it on the server.</summary>
internal sealed record AttackResult(
    IReadOnlyList<AttackWindow> Quiet, IReadOnlyList<AttackWindow> Aside, IReadOnlyList<AttackWindow> Under, long Grown)
{
    /// <summary>What the server makes of the attack: how much longer others wait than when the same attack runs on the same
    /// machine against something else. The median of the rounds.</summary>
    public double Ratio => Median(Under.Zip(Aside, (under, aside) => under.P99 / aside.P99));

    /// <summary>The same against a quiet machine: with what the attacker itself takes of it.</summary>
    public double RatioToQuiet => Median(Under.Zip(Quiet, (under, quiet) => under.P99 / quiet.P99));

    public static string Heading =>
        $"{"attack",-16} {"quiet",9} {"aside",9} {"under",9} {"ratio",6} {"/quiet",6} {"CPU/step",9} {"attacker",15} {"RSS +MiB",9}  answers";

    /// <summary>A line for people.</summary>
    public string Line(string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-16} {P99(Quiet),6:N0} µs {P99(Aside),6:N0} µs {P99(Under),6:N0} µs {Ratio,6:F2} {RatioToQuiet,6:F2} {CpuPerStep,6:N0} µs {Share(Aside),6:P0}, {Share(Under),6:P0} {Grown / 1048576.0,9:F1}  {Answers}");

    /// <summary>Microseconds of the server's processor time for one step of the attack.</summary>
    private double CpuPerStep =>
        (Under.Sum(window => window.ServerCpu) - Aside.Sum(window => window.ServerCpu)) * 1e6 / Under.Sum(window => window.Tally!.Steps);

    private string Answers => string.Join(", ", Under
        .SelectMany(window => window.Tally!.Answers)
        .GroupBy(answer => answer.Key, answer => answer.Value)
        .OrderByDescending(group => group.Sum())
        .Select(group => $"{group.Sum()} × {group.Key}"));

    private static double P99(IReadOnlyList<AttackWindow> windows) => Median(windows.Select(window => window.P99));

    // Of one processor.
    private static double Share(IReadOnlyList<AttackWindow> windows) => windows.Sum(window => window.AttackerCpu) / windows.Sum(window => window.Seconds);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
