using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;

namespace Switchboard.Node.Rooms;

/// <summary>
/// The turns of messages that were answered "try again": what the same connection has published behind such a one is not
/// taken, if it has a key too, before that one comes again. Else it would stand before it. Not safe for concurrent use.
/// </summary>
internal sealed class KeptTurns(TimeProvider time)
{
    /// <summary>
    /// For how long, should the message not come again. Only what was on its way by then is in question: whoever sends it
    /// again does not send anything later before it.
    /// </summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    private readonly Dictionary<ConnectionId, (string Key, long Since)> _turns = [];
    private long _newest;

    /// <summary>Whether there are none.</summary>
    public bool AreOver => _turns.Count == 0 || IsOver(_newest);

    /// <summary>Keeps the turn of a message, unless its connection has an earlier one.</summary>
    public void Keep(in Publication refused)
    {
        if (refused is { Key: { } key, Sender.Connection: var connection }
            && !(_turns.TryGetValue(connection, out (string Key, long Since) turn) && !IsOver(turn.Since)))
        {
            _newest = time.GetTimestamp();
            _turns[connection] = (key, _newest);
        }
    }

    /// <summary>Whether a message has to wait for another one's turn. The one whose turn it is ends that.</summary>
    public bool Refuses(in Publication publication)
    {
        if (publication is not { Key: { } key, Sender.Connection: var connection }
            || !_turns.TryGetValue(connection, out (string Key, long Since) turn))
        {
            return false;
        }

        if (turn.Key != key && !IsOver(turn.Since))
        {
            return true;
        }

        _turns.Remove(connection);
        return false;
    }

    private bool IsOver(long since) => time.GetElapsedTime(since) >= Length;
}
