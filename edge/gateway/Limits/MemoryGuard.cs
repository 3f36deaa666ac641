using Switchboard.Gateway.Listening;

namespace Switchboard.Gateway.Limits;

/// <summary>Says whether the edge is short of memory; looked up with each sweep, so that a handshake reads a field.</summary>
internal sealed class MemoryGuard(MemoryLimitOptions options, Func<MemoryUse> measure) : ISweepable
{
    private volatile bool _isShort;

    public bool IsShort => _isShort;

    public void Sweep(long now)
    {
        MemoryUse use = measure();
        _isShort = (options.MaxBytes > 0 && use.Resident >= options.MaxBytes)
            || (options.MaxPercent > 0 && use.Resident >= use.Available / 100 * options.MaxPercent);
    }
}
