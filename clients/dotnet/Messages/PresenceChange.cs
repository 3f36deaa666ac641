namespace Switchboard.Client;

/// <summary>What has changed in the presence of a room.</summary>
/// <param name="Count">How many members there are now.</param>
/// <param name="Joined">Who came.</param>
/// <param name="Left">Who went.</param>
/// <param name="Updated">Whose state is another now.</param>
public sealed record PresenceChange(
    int Count, IReadOnlyList<Member> Joined, IReadOnlyList<Member> Left, IReadOnlyList<Member> Updated);
