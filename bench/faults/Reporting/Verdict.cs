using Switchboard.Faults.Verifying;

namespace Switchboard.Faults.Reporting;

/// <summary>Whether a run kept to the contract and to its bars.</summary>
internal static class Verdict
{
    /// <summary>Why it did not; empty where it did.</summary>
    public static IReadOnlyList<string> Reasons(Report report, Bars bars) =>
    [
        .. report.Findings
            .Where(found => found.Value > 0 && !(bars.AllowTold && Findings.IsTold(found.Key)))
            .Select(found => $"{found.Value} × {found.Key}"),
        .. Presence(report.Presence, bars),
        .. If(report.Acknowledged == 0, "nothing was acknowledged"),
        .. If(report.Unacknowledged > 0, $"{report.Unacknowledged} publishes were never acknowledged"),
        .. If(report.NotBack > 0, $"{report.NotBack} members did not come back"),
        .. report.Errors.Select(error => $"{error.Value} × error {error.Key}"),
        .. If(
            bars.NoExpired && report.Expired.Count > 0,
            $"{report.Expired.Values.Sum()} resume tokens were not accepted, with --no-expired"),
        .. If(
            bars.NoDisconnects && report.Disconnects.Count > 0,
            $"{report.Disconnects.Values.Sum()} sockets ended, with --no-disconnects"),
        .. If(
            report.Stall.Max > bars.MaxStall * 1000,
            $"a room acknowledged nothing for {report.Stall.Max / 1000:0.0} s, with --max-stall {bars.MaxStall}"),
    ];

    private static IEnumerable<string> Presence(PresenceReport? presence, Bars bars) => presence is null
        ? []
        :
        [
            .. If(
                presence.Abandoned > presence.Dropped,
                $"{presence.Abandoned - presence.Dropped} abandoned connections never lost their socket: " +
                "nobody stopped the first edge"),
            .. If(
                presence.NeverLeft > 0,
                $"{presence.NeverLeft} of {presence.Dropped} abandoned connections never left"),
            .. If(
                presence.LongestLeaveSeconds > bars.MaxLeave,
                $"a leave took {presence.LongestLeaveSeconds:0.0} s, with --max-leave {bars.MaxLeave}"),
            .. If(presence.MissingAtEnd > 0, $"{presence.MissingAtEnd} members are in no list of members"),
            .. If(presence.WatchersNotCurrent > 0, $"{presence.WatchersNotCurrent} watchers have no whole list"),
        ];

    private static IEnumerable<string> If(bool failed, string reason) => failed ? [reason] : [];
}
