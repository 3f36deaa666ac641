using System.Diagnostics.Metrics;

namespace Switchboard.Storage.Postgres.Tests.Testing;

/// <summary>Meters that nobody listens to.</summary>
internal sealed class NoMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
        // The meters are disposed of by whoever asked for them.
    }
}
