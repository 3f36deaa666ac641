using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway;

/// <summary>Finds out who a client is from its handshake.</summary>
public interface IIdentityProvider
{
    /// <summary>Identifies a client, or says why not.</summary>
    /// <param name="head">The request.</param>
    /// <param name="loopback">Whether it came in on an endpoint that listens on a loopback address.</param>
    ValueTask<IdentityResult> IdentifyAsync(RequestHead head, bool loopback);
}
