namespace Switchboard.Core.Backplane;

/// <summary>Takes one page of what has no order of its own, in the order of its names.</summary>
public static class Paging
{
    /// <summary>The first so many items behind a name, in ordinal order. O(n log limit).</summary>
    /// <param name="all">The items, in any order.</param>
    /// <param name="name">The name of an item; no two have the same.</param>
    /// <param name="after">Only what comes behind this; null for all.</param>
    /// <param name="limit">How many at most, from 0.</param>
    /// <param name="more">Whether others follow.</param>
    public static IReadOnlyList<T> Take<T>(
        IEnumerable<T> all, Func<T, string> name, string? after, int limit, out bool more)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(name);

        if (limit == 0)
        {
            more = all.Any();
            return [];
        }

        // The last of those that are kept is the first to go.
        PriorityQueue<T, string> kept = new(Comparer<string>.Create(static (x, y) => string.CompareOrdinal(y, x)));
        more = false;
        foreach (T item in all)
        {
            string its = name(item);
            if (after is not null && string.CompareOrdinal(its, after) <= 0)
            {
                continue;
            }

            kept.Enqueue(item, its);
            if (kept.Count > limit)
            {
                kept.Dequeue();
                more = true;
            }
        }

        var page = new T[kept.Count];
        for (int i = page.Length - 1; i >= 0; i--)
        {
            page[i] = kept.Dequeue();
        }

        return page;
    }
}
