using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;

namespace Switchboard.Core.Rooms.Logic;

/// <summary>A message that waits for the verdict of the room's logic.</summary>
public sealed class LogicInput
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal LogicInput()
    {
    }

    /// <summary>Completes, without a failure, once the result is there.</summary>
    public Task Completion => _completion.Task;

    /// <summary>What became of it.</summary>
    public PublishResult Result { get; private set; }

    /// <summary>In a durable room, the answer that an accepted message waits for; it replaces the result.</summary>
    public Staged Staged { get; private set; }

    internal void Complete(PublishResult result, Staged staged = default)
    {
        Result = result;
        Staged = staged;
        _completion.SetResult();
    }
}
