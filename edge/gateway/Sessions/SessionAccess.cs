using Switchboard.Gateway.Fanout;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.WebSockets;

namespace Switchboard.Gateway.Sessions;

/// <summary>
/// What one session may do and for how long: its connection's grant, and the tokens for rooms. Touched by the read loop
/// alone, but for what says otherwise. There is none without authentication.
/// </summary>
internal sealed class SessionAccess(CoarseClock clock, TimeProvider time, TimeSpan warning, TimeSpan grace)
{
    private readonly long _warning = (long)warning.TotalMilliseconds;
    private readonly long _grace = (long)grace.TotalMilliseconds;
    private Dictionary<FeedMember, RoomTerm>? _rooms;
    private Capabilities _capabilities = new([]);
    private long _expires = long.MaxValue;
    private long _closes = long.MaxValue;
    private long _next = long.MaxValue;
    private bool _warned;

    /// <summary>Whether the time is over, the grace included. Any thread.</summary>
    public bool IsOver(long now) => now >= Volatile.Read(ref _closes);

    /// <summary>Whether something ends, or has to be told. Any thread.</summary>
    public bool IsDue(long now) => now >= Volatile.Read(ref _next);

    /// <summary>Takes a grant in place of the one before.</summary>
    public void Replace(Grant grant)
    {
        _capabilities = grant.Capabilities;
        _expires = grant.Expires is { } expires ? Ticks(expires) : long.MaxValue;
        _warned = false;
        Volatile.Write(ref _closes, _expires == long.MaxValue ? long.MaxValue : _expires + _grace);
        Schedule();
    }

    /// <summary>Takes a token for a room in place of the one before.</summary>
    public void Add(FeedMember member, in RoomGrant grant)
    {
        (_rooms ??= [])[member] = new RoomTerm(grant.Allow, Ticks(grant.Expires), Warned: false);
        Schedule();
    }

    /// <summary>Forgets the token of a room that was left.</summary>
    public void Remove(FeedMember member) => _rooms?.Remove(member);

    /// <summary>What the connection's own grant allows in a room.</summary>
    public Capability For(string room) => _capabilities.For(room);

    /// <summary>What is allowed in a room that was joined.</summary>
    public Capability For(FeedMember member)
    {
        Capability allowed = _capabilities.For(member.Feed.Id.Owner);
        return _rooms is not null && _rooms.TryGetValue(member, out RoomTerm term) && clock.Read() < term.Expires
            ? allowed | term.Allow
            : allowed;
    }

    public bool MaySendTo(string user) => _capabilities.MaySendTo(user);

    public bool MaySendToConnections => _capabilities.MaySendToAnyone;

    /// <summary>Whether the client has to be told now that its token ends; once.</summary>
    /// <param name="seconds">In how many seconds the socket is closed.</param>
    public bool TryWarn(out int seconds)
    {
        long now = clock.Read();
        seconds = Seconds(_closes, now);
        bool due = !_warned && now >= _expires - _warning;
        _warned |= due;
        return due;
    }

    /// <summary>Whether the client has to be told now that a token for a room ends; once.</summary>
    /// <param name="member">The room.</param>
    /// <param name="seconds">In how many seconds it is left.</param>
    public bool TryWarn(FeedMember member, out int seconds)
    {
        seconds = 0;
        long now = clock.Read();
        if (_rooms is null || !_rooms.TryGetValue(member, out RoomTerm term)
            || term.Warned || now < term.Expires - _warning || now >= term.Expires)
        {
            return false;
        }

        _rooms[member] = term with { Warned = true };
        seconds = Seconds(term.Expires, now);
        return true;
    }

    /// <summary>Finds the next time that something ends or has to be told, after what was due is done.</summary>
    public void Schedule()
    {
        long next = _warned || _expires == long.MaxValue ? long.MaxValue : _expires - _warning;
        if (_rooms is not null)
        {
            foreach (RoomTerm term in _rooms.Values)
            {
                next = Math.Min(next, term.Warned ? term.Expires : term.Expires - _warning);
            }
        }

        Volatile.Write(ref _next, next);
    }

    // The session's clock counts milliseconds; a token's time is of the calendar.
    private long Ticks(DateTimeOffset when) => clock.Read() + (long)(when - time.GetUtcNow()).TotalMilliseconds;

    private static int Seconds(long until, long now) => (int)Math.Clamp((until - now + 999) / 1000, 0, int.MaxValue);

    private readonly record struct RoomTerm(Capability Allow, long Expires, bool Warned);
}
