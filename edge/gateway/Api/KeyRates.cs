using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Switchboard.Gateway.Limits;

namespace Switchboard.Gateway.Api;

/// <summary>What each API key has used of its rate on this edge. As many as there are keys in the configuration.</summary>
internal sealed class KeyRates(ApiOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, StrongBox<SharedBucket>> _buckets = new();
    private readonly TokenRate _rate = new(options.RequestsPerSecond, options.RequestBurst);
    private readonly long _start = time.GetTimestamp();

    /// <summary>Takes one request of a key.</summary>
    /// <param name="key">The key's name.</param>
    /// <param name="wait">After a refusal: in how long to try again.</param>
    public bool TryTake(string key, out TimeSpan wait)
    {
        long now = (long)time.GetElapsedTime(_start).TotalMilliseconds;
        bool taken = _buckets.GetOrAdd(key, static _ => new StrongBox<SharedBucket>())
            .Value.TryTake(_rate, now, 1, out long milliseconds);
        wait = TimeSpan.FromMilliseconds(milliseconds);
        return taken;
    }
}
