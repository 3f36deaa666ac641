using Switchboard.Load.Measuring;

namespace Switchboard.Load.Publish;

/// <summary>A publish run's figures. There are none unless every message was acknowledged, and reached every receiver
/// once, in order, and at the offset of its acknowledgement.</summary>
/// <param name="Acknowledged">Publishes acknowledged within the window.</param>
/// <param name="Delivered">Messages received within the window.</param>
/// <param name="Ack">From publishing, or from when it was due, to acknowledgement.</param>
/// <param name="Delivery">The same, to receipt; zeros without receivers.</param>
/// <param name="Late">By the clock: from when a message was due to its publishing; zeros otherwise.</param>
/// <param name="CpuSeconds">Processor seconds of the named processes over the window, in steps of 10 ms.</param>
/// <param name="DriverCpuSeconds">Those of this program.</param>
/// <param name="AcknowledgedPerDriverCpuSecond">What this program could do at most with one core.</param>
internal sealed record PublishResult(
    double Seconds, long Acknowledged, double AcknowledgedPerSecond, long Delivered, double DeliveredPerSecond,
    Quantiles Ack, Quantiles Delivery, Quantiles Late, IReadOnlyDictionary<string, double> CpuSeconds,
    double DriverCpuSeconds, double AcknowledgedPerDriverCpuSecond);
