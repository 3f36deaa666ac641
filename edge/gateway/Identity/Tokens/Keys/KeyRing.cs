namespace Switchboard.Gateway.Identity.Tokens.Keys;

/// <summary>All keys that may have signed a token, found by what its header says.</summary>
internal sealed class KeyRing(IReadOnlyList<IKeySource> sources)
{
    /// <summary>Finds the key of a header, among fresh ones if need be.</summary>
    /// <returns>The key, or why there is none.</returns>
    public ValueTask<(TokenKey? Key, TokenRefusal Refusal)> FindAsync(TokenHeader header)
    {
        TokenRefusal refusal = Find(header, out TokenKey? key);
        return refusal is TokenRefusal.KeyUnknown or TokenRefusal.KeysUnavailable
            ? FindFreshAsync(header, refusal)
            : new((key, refusal));
    }

    private async ValueTask<(TokenKey? Key, TokenRefusal Refusal)> FindFreshAsync(TokenHeader header, TokenRefusal refusal)
    {
        bool looked = false;
        foreach (IKeySource source in sources)
        {
            looked |= await source.RefreshAsync();
        }

        TokenKey? key = null;
        TokenRefusal now = looked ? Find(header, out key) : refusal;
        return (key, now);
    }

    private TokenRefusal Find(TokenHeader header, out TokenKey? key)
    {
        key = null;
        bool another = false;
        bool away = false;
        foreach (IKeySource source in sources)
        {
            away |= source.Keys is null;
            foreach (TokenKey known in source.Keys ?? [])
            {
                if (header.KeyId is not null && known.Id != header.KeyId)
                {
                    continue;
                }

                if (known.Algorithm != header.Algorithm)
                {
                    another = true;
                }
                else if (key is null)
                {
                    key = known;
                }
                else if (header.KeyId is null)
                {
                    key = null;
                    return TokenRefusal.KeyIdMissing;
                }
            }
        }

        return key is not null ? TokenRefusal.None
            : away ? TokenRefusal.KeysUnavailable
            : another ? TokenRefusal.AlgorithmWrong
            : TokenRefusal.KeyUnknown;
    }
}
