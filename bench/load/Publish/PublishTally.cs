using Switchboard.Load.Measuring;

namespace Switchboard.Load.Publish;

/// <summary>What all links of a publish run count together.</summary>
internal sealed class PublishTally
{
    public long Published { get; set; }

    public long Acknowledged { get; set; }

    public long Delivered { get; set; }

    public Histogram Ack { get; } = new();

    public Histogram Delivery { get; } = new();

    public Histogram Late { get; } = new();

    /// <summary>Forgets the latencies so far.</summary>
    public void Begin()
    {
        Ack.Clear();
        Delivery.Clear();
        Late.Clear();
    }
}
