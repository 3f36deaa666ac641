using System.Collections.Frozen;

namespace Switchboard.Gateway.Identity.ApiKeys;

/// <summary>Whose API key it is, and what it allows.</summary>
public sealed class ApiKeyIdentity
{
    private readonly FrozenSet<ApiKeyRole> _roles;

    internal ApiKeyIdentity(string name, IEnumerable<ApiKeyRole> roles)
    {
        Name = name;
        _roles = roles.ToFrozenSet();
    }

    /// <summary>The name that the configuration gives the key; fit for logs.</summary>
    public string Name { get; }

    /// <summary>The roles that the configuration gives it.</summary>
    public IReadOnlyCollection<ApiKeyRole> Roles => _roles;

    /// <summary>Whether the key allows what a role stands for: it has that role, or <see cref="ApiKeyRole.Admin"/>.</summary>
    public bool Has(ApiKeyRole role) => _roles.Contains(role) || _roles.Contains(ApiKeyRole.Admin);
}
