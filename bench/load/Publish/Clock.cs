using System.Diagnostics;

namespace Switchboard.Load.Publish;

/// <summary>Publishes at a fixed rate, each burst of messages by the next publisher. A late one counts from when it was
/// due.</summary>
internal sealed class Clock(IReadOnlyList<PipelineLink> publishers, PublishTally tally, int rate, int burst)
{
    private readonly double _ticksPerMessage = (double)Stopwatch.Frequency / rate;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _published;

    /// <summary>Publishes what is due by now. It waits at a publisher that has no room.</summary>
    public void Tick()
    {
        var first = _published;
        var now = Stopwatch.GetTimestamp();
        while (Due(_published) is var due && due <= now && Next(_published) is { HasRoom: true } publisher)
        {
            publisher.Publish(due);
            tally.Late.Record(now - due);
            _published++;
        }

        for (var i = first - (first % burst); i < Math.Min(_published, first + ((long)publishers.Count * burst)); i += burst)
        {
            Next(i).Send();
        }
    }

    // The whole of a burst is due at once.
    private long Due(long number) => _started + (long)(number / burst * burst * _ticksPerMessage);

    private PipelineLink Next(long number) => publishers[(int)(number / burst % publishers.Count)];
}
