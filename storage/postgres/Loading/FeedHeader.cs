using Switchboard.Core.Feeds;

namespace Switchboard.Storage.Postgres.Loading;

/// <summary>The row of a feed.</summary>
internal readonly record struct FeedHeader(Epoch Epoch, long Head, long Floor, Retention Retention);
