using System.Diagnostics;

namespace Switchboard.Load.Sockets;

/// <summary>The one thread that drives every link of a run.</summary>
internal sealed class Loop : IDisposable
{
    private readonly Poller _poller = new();
    private readonly List<Link?> _links = [];
    private readonly Stack<int> _free = new();

    /// <summary>Where every link receives into. What is left of a message is kept by the link itself.</summary>
    public byte[] Scratch { get; } = new byte[256 * 1024];

    /// <summary>Runs after each turn when set: publishing by the clock, sampling.</summary>
    public Action? AfterTurn { get; set; }

    /// <summary>Runs for <paramref name="duration"/>.</summary>
    public void Run(TimeSpan duration) => RunUntil(static () => false, duration);

    /// <summary>Runs until <paramref name="done"/>, at most for <paramref name="bound"/>; false when the bound came
    /// first.</summary>
    public bool RunUntil(Func<bool> done, TimeSpan bound)
    {
        var started = Stopwatch.GetTimestamp();
        while (!done())
        {
            if (Stopwatch.GetElapsedTime(started) >= bound)
            {
                return false;
            }

            Turn();
        }

        return true;
    }

    /// <summary>Registers a link for reading and returns its tag.</summary>
    public int Enter(Link link, int descriptor)
    {
        if (!_free.TryPop(out var tag))
        {
            tag = _links.Count;
            _links.Add(null);
        }

        _links[tag] = link;
        _poller.Watch(descriptor, tag, Readiness.Readable);
        return tag;
    }

    /// <summary>Changes what a link waits for; <see cref="Readiness.None"/> pauses it.</summary>
    public void Want(int tag, int descriptor, Readiness interest) => _poller.Change(descriptor, tag, interest);

    /// <summary>Takes a link out.</summary>
    public void Leave(int tag, int descriptor)
    {
        _poller.Forget(descriptor);
        _links[tag] = null;
        _free.Push(tag);
    }

    public void Dispose() => _poller.Dispose();

    private void Turn()
    {
        var count = _poller.Wait(1);
        for (var i = 0; i < count; i++)
        {
            var (tag, events) = _poller.Ready(i);
            _links[tag]?.OnReady(events);
        }

        AfterTurn?.Invoke();
    }
}
