using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>A question, which may be asked again.</summary>
internal sealed class PendingQuery<T> : Pending
{
    private readonly Func<ReadOnlyMemory<byte>, T> _read;
    private readonly Action<Exception>? _failed;
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="room">The room that it is about; null for none.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="failed">Takes the error, where nobody awaits <see cref="Task"/>.</param>
    public PendingQuery(RoomSession? room, Func<ReadOnlyMemory<byte>, T> read, Action<Exception>? failed = null)
    {
        _read = read;
        _failed = failed;
        Room = room;
    }

    public Task<T> Task => _answer.Task;

    public override bool IsSentAgain => true;

    public override void Succeed(EventReader answer, ReadOnlyMemory<byte> raw)
    {
        try
        {
            _answer.TrySetResult(_read(raw));
        }
        catch (Exception e)
        {
            Fail(new SwitchboardException("internal", $"the answer can't be read: {e.Message}", inner: e));
            throw;
        }

        Body.Release();
    }

    public override void Fail(Exception error)
    {
        Body.Release();
        if (_failed is not null)
        {
            _failed(error);
        }
        else
        {
            _answer.TrySetException(error);
        }
    }
}
