namespace Switchboard.Gateway.Identity.Grants;

/// <summary>What a client may do, by rules that add up. What no rule allows is denied.</summary>
public sealed class Capabilities
{
    /// <summary>Everything: without authentication.</summary>
    public static readonly Capabilities All = new([new("*", Capability.Room), new("*", Capability.Send)]);

    private readonly CapabilityRule[] _rules;

    /// <param name="rules">The rules; those of users and those of rooms in any order.</param>
    public Capabilities(IEnumerable<CapabilityRule> rules) => _rules = [.. rules];

    /// <summary>Whether to send to connections, whose users the edge does not know: where any user may be sent to.</summary>
    public bool MaySendToAnyone => _rules.Any(static rule => rule is { Allow: Capability.Send, Pattern: "*" });

    /// <summary>What is allowed in a room.</summary>
    public Capability For(string room)
    {
        Capability allowed = Capability.None;
        foreach (CapabilityRule rule in _rules)
        {
            if ((rule.Allow & Capability.Room) != 0 && rule.Matches(room))
            {
                allowed |= rule.Allow & Capability.Room;
            }
        }

        return allowed;
    }

    /// <summary>Whether to send to a user.</summary>
    public bool MaySendTo(string user)
    {
        foreach (CapabilityRule rule in _rules)
        {
            if (rule.Allow == Capability.Send && rule.Matches(user))
            {
                return true;
            }
        }

        return false;
    }
}
