namespace Switchboard.Gateway.Identity.Grants;

/// <summary>Allows something to all clients, or to those whose token has a claim.</summary>
public sealed class AccessRuleOptions
{
    /// <summary>A pattern of rooms, in which '*' stands for any characters; or else there is <see cref="Users"/>.</summary>
    public string Rooms { get; set; } = string.Empty;

    /// <summary>A pattern of users to send to.</summary>
    public string Users { get; set; } = string.Empty;

    /// <summary>What is allowed: with rooms Join, Publish, Presence, History, Moderate; with users Send.</summary>
    public IList<Capability> Allow { get; set; } = [];

    /// <summary>Who is meant: "name=value", a claim that is that text or an array with it. Empty for everybody.</summary>
    public string Claim { get; set; } = string.Empty;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (Rooms.Length == 0 == (Users.Length == 0))
        {
            yield return $"either {nameof(Rooms)} or {nameof(Users)} must be given";
        }

        if (Rooms.Length > CapabilityRule.MaxPattern || Users.Length > CapabilityRule.MaxPattern)
        {
            yield return $"a pattern must not be longer than {CapabilityRule.MaxPattern} characters";
        }

        Capability possible = Users.Length > 0 ? Capability.Send : Capability.Room;
        if (Allow.Count == 0 || Allow.Any(one => one == Capability.None || (one & ~possible) != 0))
        {
            yield return Users.Length > 0
                ? $"{nameof(Allow)} must be Send"
                : $"{nameof(Allow)} must name some of Join, Publish, Presence, History, Moderate";
        }

        if (Claim.Length > 0 && Claim.IndexOf('=', StringComparison.Ordinal) <= 0)
        {
            yield return $"{nameof(Claim)} must be name=value";
        }
    }

    internal CapabilityRule ToRule() =>
        new(Rooms.Length > 0 ? Rooms : Users, Allow.Aggregate(Capability.None, static (all, one) => all | one));
}
