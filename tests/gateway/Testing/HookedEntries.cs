using System.Collections;
using Switchboard.Core.Feeds;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>Entries that do something when they are looked at for the n-th time: in the middle of a fan-out.</summary>
internal sealed class HookedEntries(IReadOnlyList<FeedEntry> entries, int at, Action action) : IReadOnlyList<FeedEntry>
{
    private int _looks;

    public bool Happened => _looks >= at;

    public int Count => entries.Count;

    public FeedEntry this[int index]
    {
        get
        {
            if (++_looks == at)
            {
                action();
            }

            return entries[index];
        }
    }

    public IEnumerator<FeedEntry> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
