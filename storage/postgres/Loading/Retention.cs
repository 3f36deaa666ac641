using Switchboard.Core.Feeds;

namespace Switchboard.Storage.Postgres.Loading;

/// <summary>How much of a feed is kept, as its row says it to whoever trims it.</summary>
internal readonly record struct Retention(int Count, long Bytes, long Milliseconds, int Keys, long KeyMilliseconds)
{
    public static Retention Of(FeedOptions options) => new(
        options.MaxCount,
        options.MaxBytes,
        options.MaxAge.Ticks / TimeSpan.TicksPerMillisecond,
        options.MaxKeys,
        options.IdempotencyWindow.Ticks / TimeSpan.TicksPerMillisecond);
}
