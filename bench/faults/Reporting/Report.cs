using Switchboard.Faults.Verifying;

namespace Switchboard.Faults.Reporting;

/// <summary>The result of a run.</summary>
/// <param name="Published">Messages that were published at least once.</param>
/// <param name="Unacknowledged">Those that were not acknowledged at the end, of members that came back.</param>
/// <param name="NotBack">Members that were not in their room at the end, though they were to come back.</param>
/// <param name="CpuCores">Processor time of this program for each second.</param>
internal sealed record Report(
    int Connections,
    int Rooms,
    double Seconds,
    long Published,
    long Acknowledged,
    long Unacknowledged,
    long AnsweredAsDuplicate,
    long Delivered,
    long Retries,
    IReadOnlyDictionary<string, long> PassingErrors,
    IReadOnlyDictionary<string, long> Errors,
    IReadOnlyDictionary<string, long> Disconnects,
    IReadOnlyDictionary<string, long> FailedDials,
    IReadOnlyDictionary<string, long> Resumes,
    IReadOnlyDictionary<string, long> Expired,
    int NotBack,
    IReadOnlyDictionary<FindingKind, long> Findings,
    IReadOnlyList<string> Examples,
    Spread Ack,
    Spread Delivery,
    Spread Resume,
    Spread Stall,
    PresenceReport? Presence,
    double CpuCores);
