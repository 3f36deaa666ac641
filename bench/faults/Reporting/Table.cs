using Switchboard.Faults.Verifying;

namespace Switchboard.Faults.Reporting;

/// <summary>The summary for people.</summary>
internal static class Table
{
    public static void Print(TextWriter output, Report report, IReadOnlyList<string> reasons)
    {
        output.WriteLine();
        foreach (var (name, value) in Rows(report))
        {
            output.WriteLine($"{name,-24}{value}");
        }

        foreach (var example in report.Examples)
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine(reasons.Count == 0 ? "HELD: the contract held" : "FAILED:");
        foreach (var reason in reasons)
        {
            output.WriteLine($"  {reason}");
        }
    }

    private static IEnumerable<(string Name, string Value)> Rows(Report report)
    {
        yield return ("connections, rooms", $"{report.Connections}, {report.Rooms}");
        yield return ("published", $"{report.Published}");
        yield return (
            "acknowledged",
            $"{report.Acknowledged}, as duplicates {report.AnsweredAsDuplicate}, never {report.Unacknowledged}");
        yield return ("delivered", $"{report.Delivered}");
        yield return ("retries", $"{report.Retries}");
        yield return ("errors that may pass", Of(report.PassingErrors));
        yield return ("errors", Of(report.Errors));
        yield return ("disconnects", Of(report.Disconnects));
        yield return ("failed dials", Of(report.FailedDials));
        yield return ("back in the room", $"{Of(report.Resumes)}, not back {report.NotBack}");
        yield return ("tokens not accepted", Of(report.Expired));
        yield return ("due to acknowledged", $"{report.Ack}");
        yield return ("due to delivered", $"{report.Delivery}");
        yield return ("drop to back", $"{report.Resume}");
        yield return ("longest stall by room", $"{report.Stall}");
        if (report.Presence is { } presence)
        {
            yield return (
                "abandoned", $"{presence.Abandoned}, dropped {presence.Dropped}, never left {presence.NeverLeft}");
            yield return ("drop to leave event", $"max {presence.LongestLeaveSeconds} s");
            yield return (
                "present members",
                $"left while there {presence.LeftWhileThere}, missing at the end {presence.MissingAtEnd}");
        }

        foreach (var kind in Enum.GetValues<FindingKind>())
        {
            yield return ($"{kind}", $"{report.Findings.GetValueOrDefault(kind)}");
        }

        yield return ("own processor time", $"{report.CpuCores} cores");
    }

    private static string Of(IReadOnlyDictionary<string, long> counts) => counts.Count == 0
        ? "0"
        : string.Join(", ", counts.Select(each => $"{each.Key} × {each.Value}"));
}
