using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>
/// A step from how a room is to how it is wanted: join, leave, state. When the connection breaks it is forgotten: the next
/// one is found out anew.
/// </summary>
internal sealed class PendingStep : Pending
{
    private readonly Action _done;
    private readonly Action<SwitchboardException> _failed;

    public PendingStep(RoomSession room, Action done, Action<SwitchboardException> failed)
    {
        Room = room;
        _done = done;
        _failed = failed;
    }

    public override bool IsSentAgain => false;

    public override void Succeed(EventReader answer, ReadOnlyMemory<byte> raw)
    {
        Body.Release();
        _done();
    }

    public override void Fail(Exception error)
    {
        Body.Release();
        if (error is SwitchboardException refused)
        {
            _failed(refused);
        }
    }

    public override void OnBroken() => Body.Release();
}
