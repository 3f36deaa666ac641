using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Identity.Tokens;
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

    /// <summary>Which tokens clients prove with who they are. With a key or a key set authentication is on.</summary>
    public TokenOptions Tokens { get; set; } = new();

    /// <summary>What clients may do beyond what their tokens say. Counts only while authentication is on.</summary>
    public IList<AccessRuleOptions> Rules { get; set; } = [];

    /// <summary>The keys of servers that use the HTTP API. Empty for nobody.</summary>
    public IList<ApiKeyOptions> ApiKeys { get; set; } = [];

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

        if (Tokens.IsConfigured && DevelopmentIdentity == DevelopmentIdentity.Always)
        {
            yield return $"{nameof(DevelopmentIdentity)} must not be Always while {nameof(Tokens)} are configured";
        }

        foreach (string problem in Tokens.Validate().Select(static problem => $"{nameof(Tokens)}.{problem}")
            .Concat(Rules.SelectMany(static (rule, i) => rule.Validate().Select(problem => $"{nameof(Rules)}:{i}.{problem}")))
            .Concat(ApiKeys.SelectMany(static (key, i) => key.Validate().Select(problem => $"{nameof(ApiKeys)}:{i}.{problem}"))))
        {
            yield return problem;
        }
    }
}
