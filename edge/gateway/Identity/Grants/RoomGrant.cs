namespace Switchboard.Gateway.Identity.Grants;

/// <summary>What a subscription token allows in one room, for a while.</summary>
/// <param name="Allow">What it allows.</param>
/// <param name="Expires">Until when.</param>
internal readonly record struct RoomGrant(Capability Allow, DateTimeOffset Expires);
