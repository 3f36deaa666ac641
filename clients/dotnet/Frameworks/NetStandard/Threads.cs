namespace Switchboard.Client.Frameworks;

/// <summary>What .NET has for tasks and threads, in its words.</summary>
internal static class Threads
{
    extension(Task)
    {
        public static Task Delay(TimeSpan delay, TimeProvider time, CancellationToken cancellationToken) =>
            time.Delay(delay, cancellationToken);
    }

    extension(ValueTask)
    {
        public static ValueTask<T> FromResult<T>(T result) => new(result);
    }

    extension(ThreadPool)
    {
        public static void UnsafeQueueUserWorkItem(IThreadPoolWorkItem item, bool preferLocal) =>
            ThreadPool.UnsafeQueueUserWorkItem(static item => ((IThreadPoolWorkItem)item).Execute(), item);
    }

    public static Task WaitAsync(this Task task, CancellationToken cancellationToken) =>
        task.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    public static Task<T> WaitAsync<T>(this Task<T> task, CancellationToken cancellationToken) =>
        task.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    public static Task CancelAsync(this CancellationTokenSource source) => Task.Run(source.Cancel);

    public static CancellationTokenRegistration UnsafeRegister(
        this CancellationToken token, Action<object?, CancellationToken> callback, object? state) =>
        token.Register(() => callback(state, token), useSynchronizationContext: false);

    /// <summary>
    /// Takes the callback back, and does not wait for it where it runs already: it may wait for a lock that is held here.
    /// </summary>
    public static void Unregister(this CancellationTokenRegistration registration)
    {
        if (registration != default)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static one => ((CancellationTokenRegistration)one).Dispose(), registration);
        }
    }
}
