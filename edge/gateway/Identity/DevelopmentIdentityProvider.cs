using Switchboard.Core.Identifiers;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway;

/// <summary>Believes what the query parameter "user" says, where the options allow it.</summary>
internal sealed class DevelopmentIdentityProvider(DevelopmentIdentity mode) : IIdentityProvider
{
    public ValueTask<IdentityResult> IdentifyAsync(RequestHead head, bool loopback)
    {
        if (mode == DevelopmentIdentity.Never || (mode == DevelopmentIdentity.Loopback && !loopback))
        {
            return new(new IdentityResult(
                default, "No authentication is configured, and clients may name themselves on loopback only."));
        }

        if (!head.TryGetQueryParameter("user", out string? name) || name is null)
        {
            return new(new IdentityResult(default, "Name yourself with ?user=NAME."));
        }

        return Name.Validate(name) is { } problem
            ? new(new IdentityResult(default, $"The user's name is not valid: {problem}."))
            : new(new IdentityResult(new UserName(name), null));
    }
}
