namespace Switchboard.Gateway.Tracing;

/// <summary>
/// Which publishes of clients are traced, while somebody listens. Decided before there is a span, so that the others cost
/// nothing but this.
/// </summary>
/// <param name="ratio">The share that is, 0 to 1.</param>
/// <param name="random">Where the choice comes from; any thread asks it. Null for the runtime's own.</param>
public sealed class PublishSampling(double ratio = 1, Random? random = null)
{
    private readonly Random _random = random ?? Random.Shared;

    /// <summary>Whether the next one is.</summary>
    public bool Takes() => ratio >= 1 || (ratio > 0 && _random.NextDouble() < ratio);
}
