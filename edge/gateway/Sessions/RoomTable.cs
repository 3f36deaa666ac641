using System.Diagnostics.CodeAnalysis;
using System.Text;
using Switchboard.Gateway.Fanout;

namespace Switchboard.Gateway.Sessions;

/// <summary>The rooms that one session has joined, found by the bytes of a name as they stand in a command.</summary>
internal sealed class RoomTable
{
    private readonly Dictionary<byte[], FeedMember> _rooms = new(Utf8Comparer.Instance);

    public IEnumerable<FeedMember> Members => _rooms.Values;

    public bool TryGet(ReadOnlySpan<byte> name, [NotNullWhen(true)] out FeedMember? member) =>
        _rooms.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out member);

    public void Add(FeedMember member) => _rooms.Add(Encoding.UTF8.GetBytes(member.Feed.Id.Owner), member);

    public void Remove(FeedMember member) => _rooms.Remove(Encoding.UTF8.GetBytes(member.Feed.Id.Owner));
}
