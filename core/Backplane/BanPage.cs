using Switchboard.Core.Users;

namespace Switchboard.Core.Backplane;

/// <summary>A page of the users who are banned.</summary>
/// <param name="Status">Ok or Unavailable.</param>
/// <param name="Bans">The bans, by the users' names.</param>
/// <param name="More">Whether others follow.</param>
public sealed record BanPage(BackplaneStatus Status, IReadOnlyList<Ban> Bans, bool More);
