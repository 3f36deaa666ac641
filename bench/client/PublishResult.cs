namespace Switchboard.Client.Bench;

/// <summary>What was measured of the client.</summary>
/// <param name="Messages">Publishes that were acknowledged with a position.</param>
/// <param name="PerSecond">The same in a second.</param>
/// <param name="BytesPerMessage">What the whole process allocated for each, the loop that publishes included.</param>
/// <param name="CpuMicroseconds">Processor time of the whole process for each.</param>
internal sealed record PublishResult(long Messages, double PerSecond, double BytesPerMessage, double CpuMicroseconds);
