namespace Switchboard.Client.Running;

/// <summary>How the client stands, and the telling of it.</summary>
/// <param name="notifier">Tells.</param>
/// <param name="tell">Whom.</param>
internal sealed class StateKeeper(Notifier notifier, Action<StateChange> tell)
{
    private volatile StateChange _current = new(ConnectionState.Disconnected);

    public ConnectionState State => _current.State;

    public void Set(StateChange change)
    {
        // What is closed for good stays so, for its first reason.
        if (_current.State != ConnectionState.Closed)
        {
            _current = change;
            notifier.Tell(static (tell, change) => ((Action<StateChange>)tell)((StateChange)change!), tell, change);
        }
    }
}
