using System.Threading.Tasks.Sources;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>A message on its way. Used again once its answer was taken.</summary>
internal sealed class PendingPublish : Pending, IValueTaskSource<Position>
{
    private readonly PublishPool _pool;
    private ManualResetValueTaskSourceCore<Position> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _canceling;
    private bool _isAbandoned;

    public PendingPublish(PublishPool pool)
    {
        _pool = pool;
    }

    public Delivery Delivery { get; private set; }

    public string? Slot { get; private set; }

    /// <summary>The user or connection that it is for; null where it is for a room.</summary>
    public string? Receiver { get; private set; }

    public ValueTask<Position> Task => new(this, _source.Version);

    public override bool IsSentAgain => Delivery != Delivery.Volatile;

    public void Begin(RoomSession? room, string? receiver, PublishOptions options, bool isBinary)
    {
        Room = room;
        Receiver = receiver;
        Delivery = options.Delivery;
        Slot = options.Slot;
        IsBinary = isBinary;
    }

    /// <summary>Whether this would replace the other where neither was sent.</summary>
    public bool Replaces(PendingPublish other) =>
        Delivery == Delivery.Latest && other.Delivery == Delivery.Latest
        && Room == other.Room && Receiver == other.Receiver && Slot == other.Slot;

    /// <summary>Calls back when the caller wants no answer any more.</summary>
    public void CancelWith(Action<PendingPublish, CancellationToken> cancel, CancellationToken cancellationToken)
    {
        // The callback may come late, when another message would be in here: then it is not used again.
        _isAbandoned = true;
        _canceling = cancellationToken.UnsafeRegister(
            (state, canceled) => cancel((PendingPublish)state!, canceled), this);
    }

    public override void Succeed(EventReader answer, ReadOnlyMemory<byte> raw) => Complete(answer.Position);

    public void Complete(Position position)
    {
        _canceling.Unregister();
        _source.SetResult(position);
    }

    public override void Fail(Exception error)
    {
        _canceling.Unregister();
        _source.SetException(error);
    }

    // Volatile, or it would be sent again: the connection broke, so nobody is told.
    public override void OnBroken() => Complete(default);

    Position IValueTaskSource<Position>.GetResult(short token)
    {
        // Throws where another message is in here by now.
        if (_source.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("the message is not answered yet: await it, or take AsTask() to wait");
        }

        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            Reuse();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<Position>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<Position>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Reuse()
    {
        if (_isAbandoned)
        {
            Body.Release();
            return;
        }

        _source.Reset();
        Body.Clear();
        Room = null;
        Receiver = Slot = null;
        NotBefore = Deadline = 0;
        Refusals = 0;
        _pool.Return(this);
    }
}
