namespace Switchboard.Faults.Reporting;

/// <summary>What the watchers saw.</summary>
/// <param name="Abandoned">Connections that were not to come back.</param>
/// <param name="Dropped">Those of them whose socket ended.</param>
/// <param name="NeverLeft">Those of them whose leaving nobody was told of.</param>
/// <param name="LongestLeaveSeconds">From the end of a socket to the leave event.</param>
/// <param name="LeftWhileThere">Connections that live, of which a watcher was told that they left.</param>
/// <param name="MissingAtEnd">Connections that live and that are in no watcher's list at the end.</param>
/// <param name="WatchersNotCurrent">Watchers that could not get a whole list at the end.</param>
internal sealed record PresenceReport(
    int Abandoned,
    int Dropped,
    int NeverLeft,
    double LongestLeaveSeconds,
    int LeftWhileThere,
    int MissingAtEnd,
    int WatchersNotCurrent);
