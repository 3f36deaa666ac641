namespace Switchboard.Gateway.WebSockets;

/// <summary>How much may wait for one socket.</summary>
/// <param name="MaxQueueBytes">Above it the slow-consumer policy acts.</param>
/// <param name="BehindBytes">Above it the receiver counts as behind: volatile messages are dropped.</param>
internal sealed record OutboundLimits(long MaxQueueBytes, long BehindBytes);
