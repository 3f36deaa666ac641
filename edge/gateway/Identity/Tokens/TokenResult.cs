using System.Diagnostics.CodeAnalysis;

namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>What a token says, or why it is refused.</summary>
/// <param name="Claims">The claims of a token that is accepted; else null.</param>
/// <param name="Refusal">Why it is not; else None.</param>
public readonly record struct TokenResult(TokenClaims? Claims, TokenRefusal Refusal)
{
    /// <summary>Whether the token is accepted.</summary>
    [MemberNotNullWhen(true, nameof(Claims))]
    public bool IsAccepted => Refusal == TokenRefusal.None && Claims is not null;

    /// <summary>The result for a token that is refused.</summary>
    public static implicit operator TokenResult(TokenRefusal refusal) => new(null, refusal);
}
