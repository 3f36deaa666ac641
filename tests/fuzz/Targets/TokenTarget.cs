using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Switchboard.Core.Identifiers;
using Switchboard.Gateway;
using Switchboard.Gateway.Identity.ApiKeys;
using Switchboard.Gateway.Identity.Grants;
using Switchboard.Gateway.Identity.Tokens;
using Switchboard.Gateway.Identity.Tokens.Keys;
using static Switchboard.Fuzz.FuzzFailureException;

namespace Switchboard.Fuzz.Targets;

/// <summary>
/// Tokens, key sets and API keys. An input is one byte that says which, and the text: of a whole token; of a header and
/// claims with a zero byte between, which are signed here, so that what stands behind the signature is reached; of a key
/// set; of an API key. What is accepted is judged once more by <see cref="TokenOracle"/>.
/// </summary>
internal sealed class TokenTarget : IFuzzTarget
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("0123456789abcdef0123456789ABCDEF");
    private static readonly UserName Ann = new("ann");

    private readonly JwtVerifier _verifier;
    private readonly Authenticator _authenticator;
    private readonly ApiKeyVerifier _apiKeys;

    public TokenTarget()
    {
        AccessOptions access = new();
        _verifier = new JwtVerifier(
            new KeyRing([new FixedKeys([new HmacTokenKey("h", Secret), new EcdsaTokenKey("e", TokenSeeds.Key)])]),
            new ClaimRules(access.Tokens, new StoppedTime()),
            access.Tokens.MaxBytes);
        _authenticator = new Authenticator(_verifier, access);
        _apiKeys = new ApiKeyVerifier([new ApiKeyOptions { Name = "a", Hash = TokenSeeds.ApiKeyHash, Roles = [ApiKeyRole.Read] }]);
    }

    public string Name => "tokens";

    public int Weight => 5;

    public int MaxInput => 2048;

    // The documents and exceptions of JSON, and the keys of a set: in proportion to the input.
    public long MaxAllocation => 1024 * MaxInput;

    public IEnumerable<byte[]> Seeds => TokenSeeds.All;

    public IReadOnlyList<byte[]> Dictionary => TokenSeeds.Dictionary;

    public void Run(ReadOnlySpan<byte> input, Trace trace)
    {
        if (input.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<byte> rest = input[1..];
        switch (input[0] & 3)
        {
            case 0:
                RunToken(Encoding.Latin1.GetString(rest), trace);
                break;
            case 1:
                RunSigned(rest, trace);
                break;
            case 2:
                RunSet(rest.ToArray(), trace);
                break;
            default:
                RunApiKey(Encoding.Latin1.GetString(rest), trace);
                break;
        }
    }

    private void RunToken(string token, Trace trace)
    {
        TokenResult result = Verify(token);
        trace.Note(1, (int)result.Refusal);
        Unless(result.Refusal != TokenRefusal.None || TokenOracle.IsSigned(token, Secret, TokenSeeds.Key), "a forged token is accepted");
    }

    private void RunSigned(ReadOnlySpan<byte> text, Trace trace)
    {
        int zero = text.IndexOf((byte)0);
        ReadOnlySpan<byte> header = zero < 0 ? TokenSeeds.Header : text[..zero];
        ReadOnlySpan<byte> claims = text[(zero + 1)..];
        string signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        string token = $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Secret, Encoding.ASCII.GetBytes(signed)))}";

        TokenResult result = Verify(token);
        Unless(result.Refusal is not (TokenRefusal.SignatureWrong or TokenRefusal.BadEncoding), "a good signature is refused");
        if (result.Refusal == TokenRefusal.None)
        {
            Unless(TokenOracle.IsHeader(header), "a header is accepted that the base library refuses");
            Unless(TokenOracle.IsClaims(claims), "claims are accepted that the base library refuses");
        }

        (Grant? grant, TokenRefusal refusal) = Done(_authenticator.VerifyAsync(token));
        Unless(grant is null == (refusal != TokenRefusal.None), "neither a grant nor a reason");
        (RoomGrant room, TokenRefusal roomRefusal) = Done(_authenticator.VerifyAsync(token, Ann, "lobby"));
        Unless(refusal != TokenRefusal.None || roomRefusal != TokenRefusal.None, "a token for a room is one for a connection, too");
        Unless(roomRefusal == TokenRefusal.None || room.Allow == Capability.None, "refused, and yet allowed");
        trace.Note(2, (int)result.Refusal, (int)refusal);
        trace.Note(3, (int)roomRefusal, (int)(grant?.Capabilities.For("lobby") ?? room.Allow));
    }

    private static void RunSet(byte[] json, Trace trace)
    {
        IReadOnlyList<TokenKey>? keys = JwksReader.Read(json, secrets: true);
        trace.Note(4, keys is null ? 0 : 1 + keys.Count);
        foreach (TokenKey key in keys ?? [])
        {
            trace.Note(5, (int)key.Algorithm, key.Id?.Length ?? 0);
            Unless(key.SignatureBytes >= (key.Algorithm == TokenAlgorithm.RS256 ? 256 : 32), "a weak key is accepted");
        }
    }

    private void RunApiKey(string text, Trace trace)
    {
        bool accepted = _apiKeys.TryVerify(ApiKeyVerifier.Find(text, text), out _);
        trace.Note(6, accepted ? 1 : 0, ApiKey.HasForm(text) ? 1 : 0);
        Unless(!accepted || text.Contains(TokenSeeds.ApiKey, StringComparison.Ordinal), "a key that nobody has is accepted");
    }

    private TokenResult Verify(string token) => Done(_verifier.VerifyAsync(token));

    // Nothing is waited for where all keys are at hand.
    private static T Done<T>(ValueTask<T> task)
    {
        Unless(task.IsCompleted, "a key was waited for");
        return task.AsTask().GetAwaiter().GetResult();
    }

    private sealed class StoppedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(TokenSeeds.Now);
    }
}
