using Switchboard.Protocol.Handshake;

namespace Switchboard.Gateway;

/// <summary>Who may connect.</summary>
public sealed class AccessOptions
{
    /// <summary>
    /// Origins whose pages may connect: "https://example.com", "https://*.example.com", or "*" for any. A page of the
    /// host that it connects to may always. Where nothing is listed and the environment is Development, any may.
    /// </summary>
    public IList<string> Origins { get; set; } = [];

    /// <summary>
    /// Hosts that clients may name: "example.com", "*.example.com". Empty for any; but with development identities on
    /// loopback the loopback names only, so that no foreign page reaches a developer's server by a name that it controls.
    /// </summary>
    public IList<string> Hosts { get; set; } = [];

    /// <summary>When a client may name itself with "?user=", without any proof.</summary>
    public DevelopmentIdentity DevelopmentIdentity { get; set; } = DevelopmentIdentity.Loopback;

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        foreach ((string field, Action create) in new (string, Action)[]
        {
            (nameof(Origins), () => _ = new OriginPolicy(Origins)),
            (nameof(Hosts), () => _ = new HostPolicy(Hosts)),
        })
        {
            string? problem = null;
            try
            {
                create();
            }
            catch (ArgumentException e)
            {
                problem = e.Message;
            }

            if (problem is not null)
            {
                yield return $"{field}: {problem}";
            }
        }

        if (!Enum.IsDefined(DevelopmentIdentity))
        {
            yield return $"{nameof(DevelopmentIdentity)} must be Loopback, Always or Never";
        }
    }
}
