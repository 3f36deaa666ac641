namespace Switchboard.Gateway.Limits;

/// <summary>What the process has of memory, and what there is for it, in bytes.</summary>
internal readonly record struct MemoryUse(long Resident, long Available)
{
    /// <summary>As it is now. What is available is what the container, or the machine, has in all.</summary>
    public static MemoryUse Now() => new(Environment.WorkingSet, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
}
