using Switchboard.Core.Identifiers;

namespace Switchboard.Gateway.Identity.Grants;

/// <summary>What a client has proven: who it is, what it may do, and for how long.</summary>
/// <param name="User">The user.</param>
/// <param name="Capabilities">What it may do.</param>
/// <param name="Expires">Until when; null for always.</param>
public sealed record Grant(UserName User, Capabilities Capabilities, DateTimeOffset? Expires);
