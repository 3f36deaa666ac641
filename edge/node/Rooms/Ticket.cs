using Switchboard.GrainInterfaces.Rooms;

namespace Switchboard.Node.Rooms;

/// <summary>A batch whose answer comes by another way.</summary>
internal sealed class Ticket(long number)
{
    private readonly TaskCompletionSource<PublishAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Number => number;

    public Task<PublishAnswer> Answer => _answer.Task;

    public void Complete(PublishAnswer answer) => _answer.TrySetResult(answer);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
