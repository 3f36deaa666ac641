using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Limits;

namespace Switchboard.Gateway;

/// <summary>Who a client is, or what is wrong.</summary>
/// <param name="User">The user; default when there is a problem.</param>
/// <param name="Problem">A sentence for the refusal, sent with status 401; null when all is well.</param>
public readonly record struct IdentityResult(UserName User, string? Problem)
{
    /// <summary>What the client may do, and for how long; null for everything, always.</summary>
    public Grant? Grant { get; init; }

    /// <summary>Whether the client is let in unknown, to prove with its connect who it is. There is no user then.</summary>
    public bool IsDeferred { get; init; }

    /// <summary>What the application is told of the handshake, where it says who a client is; else null.</summary>
    public HandshakeFacts? Facts { get; init; }

    /// <summary>Whether the problem is the server's, which can't say now: status 503 in place of 401.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>What the client draws on; null where nothing is counted.</summary>
    internal ClientShares? Shares { get; init; }
}
