namespace Switchboard.Cli.Bench;

/// <summary>What a benchmark found.</summary>
internal sealed record BenchReport
{
    public required BenchOptions Options { get; init; }

    /// <summary>Connections that were made and joined their room.</summary>
    public required int Joined { get; init; }

    /// <summary>How long it took to make and join them.</summary>
    public required TimeSpan Connecting { get; init; }

    /// <summary>How long was published, up to the last answer.</summary>
    public required TimeSpan Publishing { get; init; }

    /// <summary>How long it took from the first publish to the last delivery.</summary>
    public required TimeSpan Delivering { get; init; }

    public required BenchCounts Counts { get; init; }

    /// <summary>Deliveries that the acknowledged messages make.</summary>
    public required long Expected { get; init; }

    /// <summary>Deliveries that did not come, and of which the receiver was told.</summary>
    public required long LossesTold { get; init; }

    /// <summary>Deliveries that did not come without a word.</summary>
    public required long LossesSilent { get; init; }

    public double ConnectsPerSecond => Joined / Math.Max(Connecting.TotalSeconds, 1e-9);

    public double AcknowledgedPerSecond => Counts.Acknowledged / Math.Max(Publishing.TotalSeconds, 1e-9);

    /// <summary>Where deliveries lag behind the publishing, over the time that they took.</summary>
    public double DeliveriesPerSecond =>
        Counts.Delivered / Math.Max(Math.Max(Publishing.TotalSeconds, Delivering.TotalSeconds), 1e-9);

    public long ErrorCount => Counts.Errors.Values.Sum();

    /// <summary>Whether what the server promised was kept: nothing lost in silence, doubled, or in another order.</summary>
    public bool IsContractKept => LossesSilent == 0 && Counts.Duplicates == 0 && Counts.Disordered == 0;

    /// <summary>Whether the benchmark can be called one: the contract was kept, all connections were made, something was published.</summary>
    public bool IsPassed => IsContractKept && Joined == Options.Connections && Counts.Acknowledged > 0;
}
