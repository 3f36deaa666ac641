using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;

namespace Switchboard.Core.Users;

/// <summary>
/// The users who are banned: so many at most. Not safe for concurrent use. All times are milliseconds since the Unix
/// epoch.
/// </summary>
public sealed class BanList
{
    /// <summary>The most users who may be banned at one time.</summary>
    public const int MaxCount = 10_000;

    private readonly Dictionary<UserName, Ban> _bans = [];

    /// <summary>Nobody, or those who were kept.</summary>
    public BanList(IEnumerable<Ban> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        foreach (Ban ban in kept)
        {
            _bans[ban.User] = ban;
        }
    }

    /// <summary>All that are kept, those that are over included.</summary>
    public IReadOnlyCollection<Ban> All => _bans.Values;

    /// <summary>Bans a user, in place of an earlier ban; false where as many are banned as may be.</summary>
    public bool TryAdd(Ban ban, long now)
    {
        ArgumentNullException.ThrowIfNull(ban);
        if (_bans.Count >= MaxCount && !_bans.ContainsKey(ban.User))
        {
            Trim(now);
            if (_bans.Count >= MaxCount)
            {
                return false;
            }
        }

        _bans[ban.User] = ban;
        return true;
    }

    /// <summary>Ends a ban; false where there was none.</summary>
    public bool Remove(UserName user, long now) => _bans.Remove(user, out Ban? ban) && ban.IsInForce(now);

    /// <summary>The ban of a user; null where there is none.</summary>
    public Ban? Find(UserName user, long now) => _bans.TryGetValue(user, out Ban? ban) && ban.IsInForce(now) ? ban : null;

    /// <summary>A page of the bans, by name.</summary>
    /// <param name="after">Those behind this name; null for the first.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="now">The time.</param>
    public BanPage List(string? after, int limit, long now)
    {
        Trim(now);
        IReadOnlyList<Ban> page = Paging.Take(_bans.Values, static ban => ban.User.Value, after, limit, out bool more);
        return new BanPage(BackplaneStatus.Ok, page, more);
    }

    private void Trim(long now)
    {
        foreach (Ban ban in _bans.Values)
        {
            if (!ban.IsInForce(now))
            {
                // Removing while enumerating is allowed.
                _bans.Remove(ban.User);
            }
        }
    }
}
