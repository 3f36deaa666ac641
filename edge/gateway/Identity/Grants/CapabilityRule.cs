using Switchboard.Core.Rooms;

namespace Switchboard.Gateway.Identity.Grants;

/// <summary>Allows something in the rooms, or with the users, whose names match a pattern.</summary>
/// <param name="Pattern">A name in which '*' stands for any characters, also none.</param>
/// <param name="Allow">What is allowed: with <see cref="Capability.Send"/> the pattern is of users, else of rooms.</param>
public readonly record struct CapabilityRule(string Pattern, Capability Allow)
{
    /// <summary>The longest pattern in characters.</summary>
    public const int MaxPattern = 256;

    internal bool Matches(string name) => NamePattern.Matches(Pattern, name);
}
