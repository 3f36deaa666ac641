namespace Switchboard.Faults.Verifying;

/// <summary>What became of a message at one member.</summary>
internal enum Fate
{
    /// <summary>It came, once.</summary>
    Received,

    /// <summary>It was before the member's time, or the member was told that it is lost.</summary>
    Excused,

    /// <summary>It did not come, and nothing was told.</summary>
    Missing,
}
