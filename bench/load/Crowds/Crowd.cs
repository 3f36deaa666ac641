using Switchboard.Load.Sockets;

namespace Switchboard.Load.Crowds;

/// <summary>Many links of one kind, opened with a bounded number under way, so that no listener's backlog
/// fills.</summary>
internal sealed class Crowd<T> : IDisposable
    where T : Link
{
    private const int MaxUnderWay = 64;

    private readonly List<T> _links = [];

    private Crowd()
    {
    }

    public IReadOnlyList<T> Links => _links;

    /// <summary>Opens <paramref name="count"/> links and returns once all have called the action that
    /// <paramref name="open"/> was given. Throws when they have not within <paramref name="bound"/>.</summary>
    public static Crowd<T> Open(Loop loop, int count, TimeSpan bound, Func<int, Action, T> open)
    {
        var crowd = new Crowd<T>();
        var ready = 0;
        try
        {
            var inTime = loop.RunUntil(
                () =>
                {
                    while (crowd._links.Count < count && crowd._links.Count - ready < MaxUnderWay)
                    {
                        crowd._links.Add(open(crowd._links.Count, () => ready++));
                    }

                    return ready == count;
                },
                bound);
            return inTime ? crowd : throw new LoadException($"only {ready} of {count} connections got ready");
        }
        catch
        {
            crowd.Dispose();
            throw;
        }
    }

    public void Dispose() => _links.ForEach(link => link.Dispose());
}
