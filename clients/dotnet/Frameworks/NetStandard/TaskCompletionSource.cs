namespace Switchboard.Client.Frameworks;

/// <summary>One that completes without a value.</summary>
internal sealed class TaskCompletionSource(TaskCreationOptions options)
{
    private readonly TaskCompletionSource<bool> _source = new(options);

    public Task Task => _source.Task;

    public bool TrySetResult() => _source.TrySetResult(true);

    public bool TrySetException(Exception error) => _source.TrySetException(error);
}
