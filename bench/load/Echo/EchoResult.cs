namespace Switchboard.Load.Echo;

/// <summary>An echo run's figures; latencies in microseconds, from a message's sending to its echo.</summary>
internal sealed record EchoResult(
    long Messages, double Seconds, double ServerCpuSeconds, double MessagesPerCpuSecond, double P50, double P99);
