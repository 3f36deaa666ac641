using Switchboard.Core.Users;

namespace Switchboard.Core.Backplane;

/// <summary>A user as a server sees it.</summary>
/// <param name="Status">Ok or Unavailable. A user that nobody knows has no connections.</param>
/// <param name="Count">How many connections there are.</param>
/// <param name="Connections">A page of them, by id.</param>
/// <param name="More">Whether others follow.</param>
/// <param name="Ban">Whether, until when and why the user is banned.</param>
public sealed record UserView(
    BackplaneStatus Status, int Count, IReadOnlyList<ConnectionSummary> Connections, bool More, Ban? Ban);
