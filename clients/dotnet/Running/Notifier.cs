namespace Switchboard.Client.Running;

/// <summary>
/// Tells the program what happened, one after another, on the thread pool. Nothing runs while there is nothing to tell.
/// </summary>
/// <param name="failed">Takes what a handler of the program's throws; false where nobody wants it.</param>
internal sealed class Notifier(Func<Exception, bool> failed) : IThreadPoolWorkItem
{
    // With more than this waiting, the reading from the server pauses.
    private const int Many = 4096;

    private readonly Lock _gate = new();
    private readonly Queue<(Action<object, object?> How, object Whom, object? What)> _waiting = new();
    private TaskCompletionSource? _drained;
    private bool _isRunning;
    private bool _holdsNobodyUp;

    public void Tell(Action<object, object?> how, object whom, object? what)
    {
        lock (_gate)
        {
            _waiting.Enqueue((how, whom, what));
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Waits until the program has taken the most of what waits for it.</summary>
    public ValueTask DrainAsync()
    {
        lock (_gate)
        {
            if (_holdsNobodyUp || _waiting.Count < Many)
            {
                return default;
            }

            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_drained.Task);
        }
    }

    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return !_holdsNobodyUp && _waiting.Count >= Many;
            }
        }
    }

    /// <summary>
    /// The program has closed the client: what waits is not told any more, and the end does not wait for a handler, which may
    /// be what closes it.
    /// </summary>
    public void Drop()
    {
        lock (_gate)
        {
            _waiting.Clear();
            _holdsNobodyUp = true;
            _drained?.TrySetResult();
            _drained = null;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (TryTake(out (Action<object, object?> How, object Whom, object? What) next))
        {
            try
            {
                next.How(next.Whom, next.What);
            }
            catch (Exception e) when (failed(e))
            {
                // The program has been told of its own failure; where it does not want to know, it ends as by any other.
            }
        }
    }

    private bool TryTake(out (Action<object, object?> How, object Whom, object? What) next)
    {
        lock (_gate)
        {
            if (_waiting.Count < Many / 2)
            {
                _drained?.TrySetResult();
                _drained = null;
            }

            _isRunning = _waiting.TryDequeue(out next);
            return _isRunning;
        }
    }
}
