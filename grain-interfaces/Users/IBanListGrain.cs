using Switchboard.Core.Backplane;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Users;

namespace Switchboard.GrainInterfaces.Users;

/// <summary>
/// All bans there are: so many at most. There is one list, with key 0; it is kept where the silos have a storage. That a
/// ban has an effect is for the user's grain.
/// </summary>
[Alias("switchboard.bans")]
public interface IBanListGrain : IGrainWithIntegerKey
{
    /// <summary>Puts a ban on the list, in place of an earlier one: Ok, TooManyBans or Unavailable.</summary>
    [Alias("ban")]
    ValueTask<BackplaneStatus> BanAsync(Ban ban);

    /// <summary>Takes a ban off the list, if there is one: Ok or Unavailable.</summary>
    [Alias("unban")]
    ValueTask<BackplaneStatus> UnbanAsync(UserName user);

    /// <summary>A page of the bans, by the users' names.</summary>
    [Alias("list")]
    ValueTask<BanPage> ListAsync(string? after, int limit);

    /// <summary>The whole list, for silos; without bans where it is still the version that the caller knows.</summary>
    [Alias("read")]
    [ResponseTimeout("00:00:03")]
    ValueTask<BanSnapshot> ReadAsync(long version);
}
