using Switchboard.Load.Crowds;
using Switchboard.Load.Dialects;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Rooms;

/// <summary>One room with its members and one publisher, on a loop of its own.</summary>
internal sealed class RoomLoad : IDisposable
{
    private static readonly TimeSpan _openBound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _drainBound = TimeSpan.FromSeconds(5);
    private readonly Dialect _dialect;
    private readonly Crowd<MemberLink> _members;
    private readonly Crowd<PublisherLink> _publishers;

    /// <summary>Opens everything. The first <paramref name="small"/> members get a kernel receive buffer of
    /// <paramref name="smallBuffer"/> bytes.</summary>
    public RoomLoad(Dialect dialect, string room, int members, int size, int small = 0, int smallBuffer = 0)
    {
        _dialect = dialect;
        try
        {
            _members = Crowd<MemberLink>.Open(
                Loop, members, _openBound,
                (number, ready) => new MemberLink(
                    Loop, dialect.Member($"{room}-{number}"), Tally, ready, number < small ? smallBuffer : 0));
            _publishers = Crowd<PublisherLink>.Open(
                Loop, 1, _openBound, (_, ready) => new PublisherLink(Loop, dialect, size, ready));
        }
        catch
        {
            _members?.Dispose();
            Loop.Dispose();
            throw;
        }
    }

    public Loop Loop { get; } = new();

    public RoomTally Tally { get; } = new();

    public IReadOnlyList<MemberLink> Members => _members.Links;

    public PublisherLink Publisher => _publishers.Links[0];

    /// <summary>Deliveries to members that read, which have not come. Below 0 when some came twice.</summary>
    public long Missing =>
        Members.Where(member => !member.Stalled).Sum(member => Publisher.Published - member.Received);

    /// <summary>Forgets the latencies so far and keeps the members alive through the next stretch.</summary>
    public void Begin()
    {
        Tally.Latency.Clear();
        Publisher.Latency.Clear();
        foreach (var member in Members)
        {
            member.KeepAlive(_dialect.KeepAlive);
        }
    }

    /// <summary>Stops publishing and waits for what is under way.</summary>
    public void Drain()
    {
        Publisher.Keep(0);
        Loop.RunUntil(() => Publisher.Acknowledged == Publisher.Published && Missing == 0, _drainBound);
    }

    public void Dispose()
    {
        _publishers.Dispose();
        _members.Dispose();
        Loop.Dispose();
    }
}
