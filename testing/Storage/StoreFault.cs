using Switchboard.Core.Storage;

namespace Switchboard.Testing.Storage;

/// <summary>How an append to a <see cref="MemoryFeedStore"/> goes wrong.</summary>
public enum StoreFault
{
    /// <summary>Nothing is appended, and the answer is <see cref="StoreStatus.Unavailable"/>.</summary>
    Lost,

    /// <summary>It is appended, but the answer is <see cref="StoreStatus.Unavailable"/>: the outcome is unknown.</summary>
    Unanswered,

    /// <summary>Nothing is appended, and the answer is <see cref="StoreStatus.Conflict"/>.</summary>
    Conflict,
}
