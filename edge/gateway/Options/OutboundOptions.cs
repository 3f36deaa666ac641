namespace Switchboard.Gateway;

/// <summary>What waits for a client that can't keep up, and what happens when that is too much.</summary>
public sealed class OutboundOptions
{
    /// <summary>How many bytes of messages may wait for one client; answers and recoveries come on top.</summary>
    public long MaxQueueBytes { get; set; } = 1024 * 1024;

    /// <summary>With more than this waiting a client is behind: volatile messages to it are dropped.</summary>
    public long BehindBytes { get; set; } = 64 * 1024;

    /// <summary>What happens when the queue is full.</summary>
    public SlowConsumerPolicy SlowConsumer { get; set; } = SlowConsumerPolicy.Close;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        IEnumerable<string> issues = Range.Check(nameof(MaxQueueBytes), MaxQueueBytes, 1024, 1L << 32)
            .Concat(Range.Check(nameof(BehindBytes), BehindBytes, 0, MaxQueueBytes));
        return Enum.IsDefined(SlowConsumer) ? issues : issues.Append($"{nameof(SlowConsumer)} must be Close or Skip");
    }
}
