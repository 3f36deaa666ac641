using Switchboard.Core.Backplane;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Gateway.Sessions;

/// <summary>What a capability that is missing takes away.</summary>
internal static class Restriction
{
    /// <summary>The answer to a command for which a capability is missing.</summary>
    public static ErrorEvent Forbidden(long id, Capability missing, string? room = null) => new(
        id, ErrorCodes.Forbidden, $"the capability {missing.ToString().ToLowerInvariant()} is needed for that", Room: room);

    /// <summary>
    /// Takes out of an answer what the member may not see. Who may not read history recovers nothing, for a position can
    /// be made up; it is told so as if the history did not reach back that far.
    /// </summary>
    public static JoinResult Apply(in JoinResult result, Capability allowed, bool asked)
    {
        JoinResult seen = result;
        if (asked && !allowed.HasFlag(Capability.History))
        {
            seen = seen with { Feed = seen.Feed with { Outcome = RecoveryOutcome.Trimmed } };
        }

        return allowed.HasFlag(Capability.Presence) ? seen : seen with { WantsPresence = false, Presence = null };
    }
}
