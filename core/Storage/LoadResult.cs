namespace Switchboard.Core.Storage;

/// <summary>A feed that was read.</summary>
/// <param name="Status">Ok or Unavailable.</param>
/// <param name="Feed">The feed with Ok, else null.</param>
public readonly record struct LoadResult(StoreStatus Status, StoredFeed? Feed);
