namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>What a token's header says.</summary>
/// <param name="Algorithm">How it claims to be signed; the key decides whether that may be.</param>
/// <param name="KeyId">Which key it is signed with; null where it does not say.</param>
internal readonly record struct TokenHeader(TokenAlgorithm Algorithm, string? KeyId);
