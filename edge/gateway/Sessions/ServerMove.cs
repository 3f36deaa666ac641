using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Gateway.Sessions;

/// <summary>A join or a leave that a server asks of a session.</summary>
/// <param name="room">The room.</param>
/// <param name="options">How it is joined.</param>
/// <param name="reason">Why it is left; null for a join.</param>
internal sealed class ServerMove(RoomName room, JoinOptions options, string? reason)
{
    private readonly TaskCompletionSource<BackplaneStatus> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RoomName Room => room;

    public JoinOptions Options => options;

    public string? Reason => reason;

    public Task<BackplaneStatus> Done => _done.Task;

    /// <summary>The first outcome counts.</summary>
    public void Complete(BackplaneStatus status) => _done.TrySetResult(status);
}
