namespace Switchboard.Load.Slow;

/// <summary>A slow-consumer run's figures.</summary>
/// <param name="Reading">While every member read.</param>
/// <param name="Stalling">While some did not.</param>
/// <param name="P99Ratio">The second phase's 99th percentile over the first one's.</param>
/// <param name="RssBefore">The server's resident bytes when the members began to stall.</param>
/// <param name="RssMax">The most it had from then on.</param>
/// <param name="Missing">Deliveries to members that read, which never came.</param>
/// <param name="OutOfOrder">Deliveries to members that read, which were not their next one.</param>
/// <param name="UnreadBytes">What the kernel held for the stalled members when they read again.</param>
/// <param name="Endings">The stalled members by what became of them once they read again: closed with a code, ended or
/// reset without one, or open.</param>
/// <param name="ReceivedLate">Messages that the stalled members got when they read again.</param>
internal sealed record SlowResult(
    SlowPhase Reading, SlowPhase Stalling, double P99Ratio, long RssBefore, long RssMax, long Missing, long OutOfOrder,
    long UnreadBytes, IReadOnlyDictionary<string, int> Endings, long ReceivedLate);
