using Switchboard.Core.Connections;
using Switchboard.Core.Identifiers;

namespace Switchboard.Gateway.Fanout;

/// <summary>
/// Connections that were ended before their session was registered: while a connect is under way the backplane may end what
/// it has just opened, by a ban say. Bounded: most of what is noted is of sessions that have ended here by themselves.
/// </summary>
internal sealed class EarlyEnds(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(ConnectionId, long), DisconnectReason> _reasons = [];
    private readonly Queue<(ConnectionId, long)> _order = new();

    /// <summary>Notes an end; the oldest note makes room.</summary>
    public void Add(ConnectionId connection, long attachment, DisconnectReason reason)
    {
        lock (_gate)
        {
            if (!_reasons.TryAdd((connection, attachment), reason))
            {
                return;
            }

            _order.Enqueue((connection, attachment));
            if (_order.Count > most)
            {
                _reasons.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Why it has ended already; false where it has not.</summary>
    public bool TryGet(ConnectionId connection, long attachment, out DisconnectReason reason)
    {
        lock (_gate)
        {
            return _reasons.TryGetValue((connection, attachment), out reason);
        }
    }
}
