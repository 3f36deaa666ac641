using System.Diagnostics.CodeAnalysis;
using System.Text;
using Switchboard.Gateway.Fanout;

namespace Switchboard.Gateway.Sessions;

/// <summary>
/// The rooms that one session has joined, found by the bytes of a name as they stand in a command. Safe for concurrent
/// use: a server may join and leave rooms for the client while it does so itself.
/// </summary>
internal sealed class RoomTable
{
    private readonly Dictionary<byte[], FeedMember> _rooms = new(Utf8Comparer.Instance);
    private bool _closed;

    public bool TryGet(ReadOnlySpan<byte> name, [NotNullWhen(true)] out FeedMember? member)
    {
        lock (_rooms)
        {
            return _rooms.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out member);
        }
    }

    /// <summary>Adds a room; false once the table is closed, or where the room is there.</summary>
    public bool TryAdd(FeedMember member)
    {
        byte[] name = Encoding.UTF8.GetBytes(member.Feed.Id.Owner);
        lock (_rooms)
        {
            return !_closed && _rooms.TryAdd(name, member);
        }
    }

    public void Remove(FeedMember member)
    {
        byte[] name = Encoding.UTF8.GetBytes(member.Feed.Id.Owner);
        lock (_rooms)
        {
            if (_rooms.TryGetValue(name, out FeedMember? known) && known == member)
            {
                _rooms.Remove(name);
            }
        }
    }

    /// <summary>The session has ended: no more rooms are added. Those that there are.</summary>
    public FeedMember[] Close()
    {
        lock (_rooms)
        {
            _closed = true;
            return [.. _rooms.Values];
        }
    }
}
