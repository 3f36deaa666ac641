namespace Switchboard.Load.Fanout;

/// <summary>A fan-out run's figures. Acknowledgement latencies in microseconds; missing and out of order count over the
/// whole run, and are 0 for a server that keeps its word.</summary>
internal sealed record FanoutResult(
    long Delivered, double Seconds, double ServerCpuSeconds, double DeliveredPerCpuSecond, long Published,
    double AckP50, double AckP99, long Missing, long OutOfOrder);
