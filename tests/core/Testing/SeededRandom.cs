using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Tests.Testing;

/// <summary>Randomness that is the same in every run.</summary>
internal sealed class SeededRandom(int seed) : IRandomSource
{
    private readonly Random _random = new(seed);

    public void Fill(Span<byte> destination)
    {
        lock (_random)
        {
            _random.NextBytes(destination);
        }
    }
}
