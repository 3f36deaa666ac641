namespace Switchboard.Gateway;

/// <summary>What a caller of the HTTP API may do, or why it is not known who calls.</summary>
/// <param name="Roles">What it may do; none where there is a problem.</param>
/// <param name="Problem">A sentence for the refusal, sent with status 401; null where it is known who calls.</param>
public readonly record struct ApiAccess(ApiRoles Roles, string? Problem);
