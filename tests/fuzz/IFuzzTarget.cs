namespace Switchboard.Fuzz;

/// <summary>Something that takes bytes from a stranger, with what is needed to fuzz it.</summary>
internal interface IFuzzTarget
{
    /// <summary>Its name, also that of its folder in the corpus.</summary>
    string Name { get; }

    /// <summary>Its part of a run over all targets, relative to the others.</summary>
    int Weight { get; }

    /// <summary>The longest input in bytes.</summary>
    int MaxInput { get; }

    /// <summary>What one input may allocate in bytes; follows from the limits that the target sets.</summary>
    long MaxAllocation { get; }

    /// <summary>Inputs to begin with.</summary>
    IEnumerable<byte[]> Seeds { get; }

    /// <summary>Pieces that mean something to the target.</summary>
    IReadOnlyList<byte[]> Dictionary { get; }

    /// <summary>Runs one input. Must depend on nothing else.</summary>
    /// <param name="input">The input.</param>
    /// <param name="trace">Takes note of how the target behaved.</param>
    /// <exception cref="FuzzFailureException">The target broke its contract. Any other exception is a finding
    /// too.</exception>
    void Run(ReadOnlySpan<byte> input, Trace trace);

    /// <summary>Changes an input in a way that keeps its structure.</summary>
    /// <returns>The output's length; 0, and nothing is written, when the target has no such change for this
    /// input.</returns>
    int Mutate(ReadOnlySpan<byte> input, Span<byte> output, Prng random) => 0;
}
