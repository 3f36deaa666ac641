namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>Says whether a token is one that this server accepts. May be called by any thread.</summary>
public interface ITokenVerifier
{
    /// <summary>Verifies a JSON Web Token in the compact serialization. Never throws for what it is given.</summary>
    /// <param name="token">The token. It is not kept and not logged.</param>
    ValueTask<TokenResult> VerifyAsync(string token);
}
