using Switchboard.Load.Measuring;

namespace Switchboard.Load.Echo;

/// <summary>What all links of an echo run count together.</summary>
internal sealed class EchoTally
{
    public long Messages { get; set; }

    public Histogram Latency { get; } = new();
}
