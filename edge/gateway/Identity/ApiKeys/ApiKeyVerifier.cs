using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Gateway.Identity.ApiKeys;

/// <summary>
/// Knows the API keys of the configuration. How long an answer takes depends on how many keys there are, not on which
/// of them was asked for or how much of one was guessed.
/// </summary>
public sealed class ApiKeyVerifier
{
    private const string Scheme = "Bearer ";

    private readonly (byte[] Hash, ApiKeyIdentity Identity)[] _keys;

    /// <param name="keys">The keys; valid ones.</param>
    /// <exception cref="ArgumentException">A key is not valid; see <see cref="ApiKeyOptions.Validate"/>.</exception>
    public ApiKeyVerifier(IEnumerable<ApiKeyOptions> keys)
    {
        _keys = [.. keys.Select(static key => key.Validate().FirstOrDefault() is not { } problem
            && ApiKey.TryParseHash(key.Hash, out byte[] hash)
                ? (hash, new ApiKeyIdentity(key.Name, key.Roles))
                : throw new ArgumentException(key.Validate().First(), nameof(keys)))];
    }

    /// <summary>Whether there is any key; without one nobody can use the HTTP API.</summary>
    public bool IsConfigured => _keys.Length > 0;

    /// <summary>Whether there is a key that allows what a role stands for.</summary>
    public bool HasAny(ApiKeyRole role) => _keys.Any(key => key.Identity.Has(role));

    /// <summary>
    /// Finds the key in a request's headers: <c>Authorization: Bearer sbk_…</c>, or else <c>X-Api-Key: sbk_…</c>.
    /// </summary>
    /// <param name="authorization">The value of Authorization; null for none.</param>
    /// <param name="apiKey">The value of X-Api-Key; null for none.</param>
    /// <returns>What may be a key; empty where neither header has one.</returns>
    public static ReadOnlySpan<char> Find(string? authorization, string? apiKey)
    {
        // RFC 7235 §2.1: the scheme's name in any case.
        ReadOnlySpan<char> credentials = authorization.AsSpan().Trim(' ');
        if (credentials.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            credentials = credentials[Scheme.Length..].TrimStart(' ');
            if (credentials.StartsWith(ApiKey.Prefix))
            {
                return credentials;
            }
        }

        return apiKey.AsSpan().Trim(' ');
    }

    /// <summary>Verifies a key.</summary>
    /// <param name="key">The key's text, as the client presents it.</param>
    /// <param name="identity">Whose it is; null where there is no such key.</param>
    public bool TryVerify(ReadOnlySpan<char> key, [NotNullWhen(true)] out ApiKeyIdentity? identity)
    {
        identity = null;
        if (!ApiKey.HasForm(key))
        {
            return false;
        }

        Span<byte> text = stackalloc byte[ApiKey.Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Encoding.ASCII.GetBytes(key, text);
        SHA256.HashData(text, hash);

        // All of them, whichever it is.
        foreach ((byte[] known, ApiKeyIdentity owner) in _keys)
        {
            identity = CryptographicOperations.FixedTimeEquals(known, hash) ? owner : identity;
        }

        CryptographicOperations.ZeroMemory(text);
        return identity is not null;
    }
}
