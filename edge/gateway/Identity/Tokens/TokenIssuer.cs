using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Identity.Tokens.Keys;

namespace Switchboard.Gateway.Identity.Tokens;

/// <summary>Issues tokens that this server, and every other with the same key, accepts: HS256, with one of its own keys.</summary>
public sealed class TokenIssuer
{
    private readonly HmacTokenKey? _key;
    private readonly TokenOptions _options;
    private readonly TimeProvider _time;

    /// <param name="options">The keys, the issuer and the audience; valid ones.</param>
    /// <param name="time">The clock.</param>
    public TokenIssuer(TokenOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _key = (HmacTokenKey?)options.Keys
            .FirstOrDefault(key => key.Algorithm == TokenAlgorithm.HS256 && (options.IssueWith.Length == 0 || key.Id == options.IssueWith))
            ?.Create();
    }

    /// <summary>Whether there is a key to issue with.</summary>
    public bool IsConfigured => _key is not null;

    /// <summary>Issues a token for the connections of a user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="lifetime">How long it is valid, a second at least.</param>
    /// <param name="rules">What it allows, beyond what the configuration's rules do.</param>
    /// <returns>The token.</returns>
    /// <exception cref="InvalidOperationException">There is no key, or the token became longer than is accepted.</exception>
    public string Issue(UserName user, TimeSpan lifetime, IReadOnlyCollection<CapabilityRule> rules) =>
        Issue(lifetime, json =>
        {
            json.WriteString(_options.UserClaim, user.Value);
            CapabilityClaim.Write(json, rules);
        });

    /// <summary>Issues a token for one room, which a client shows when it joins.</summary>
    /// <param name="user">Who may show it; null for whoever has it.</param>
    /// <param name="room">The room.</param>
    /// <param name="allow">What it allows there.</param>
    /// <param name="lifetime">How long it is valid, a second at least.</param>
    /// <returns>The token.</returns>
    /// <exception cref="InvalidOperationException">There is no key, or the token became longer than is accepted.</exception>
    public string IssueForRoom(UserName? user, RoomName room, Capability allow, TimeSpan lifetime) =>
        Issue(lifetime, json =>
        {
            if (user is { } named)
            {
                json.WriteString(_options.UserClaim, named.Value);
            }

            json.WriteString("room", room.Value);
            CapabilityClaim.WriteAllow(json, allow & Capability.Room);
        });

    private string Issue(TimeSpan lifetime, Action<Utf8JsonWriter> claims)
    {
        if (_key is null)
        {
            throw new InvalidOperationException("there is no HS256 key to issue tokens with; configure one in Access:Tokens:Keys");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        string header = Part(json =>
        {
            json.WriteString("alg", nameof(TokenAlgorithm.HS256));
            json.WriteString("typ", "JWT");
            if (_key.Id is not null)
            {
                json.WriteString("kid", _key.Id);
            }
        });
        string signed = $"{header}.{Part(json => WriteClaims(json, lifetime, claims))}";
        string token = $"{signed}.{Base64Url.EncodeToString(_key.Sign(Encoding.ASCII.GetBytes(signed)))}";
        return token.Length <= _options.MaxBytes
            ? token
            : throw new InvalidOperationException($"the token is longer than {_options.MaxBytes} bytes; give it fewer rules");
    }

    private void WriteClaims(Utf8JsonWriter json, TimeSpan lifetime, Action<Utf8JsonWriter> claims)
    {
        long now = _time.GetUtcNow().ToUnixTimeSeconds();
        claims(json);
        json.WriteNumber("iat", now);
        json.WriteNumber("exp", now + (long)lifetime.TotalSeconds);
        if (_options.Issuers.Count > 0)
        {
            json.WriteString("iss", _options.Issuers[0]);
        }

        if (_options.Audiences.Count > 0)
        {
            json.WriteString("aud", _options.Audiences[0]);
        }
    }

    private static string Part(Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(bytes.WrittenSpan);
    }
}
