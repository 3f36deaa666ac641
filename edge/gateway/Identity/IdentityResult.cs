using Switchboard.Core.Identifiers;

namespace Switchboard.Gateway;

/// <summary>Who a client is, or what is wrong.</summary>
/// <param name="User">The user; default when there is a problem.</param>
/// <param name="Problem">A sentence for the refusal, sent with status 401; null when all is well.</param>
public readonly record struct IdentityResult(UserName User, string? Problem);
