namespace Switchboard.Core.Storage;

/// <summary>How a call to the store ended.</summary>
public enum StoreStatus : byte
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>Nothing was appended: the feed's head or epoch is not what the append was made for.</summary>
    Conflict,

    /// <summary>The store can't be reached or did not answer in time; whether it was done is unknown.</summary>
    Unavailable,
}
