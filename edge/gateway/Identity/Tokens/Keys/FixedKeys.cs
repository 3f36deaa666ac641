namespace Switchboard.Gateway.Identity.Tokens.Keys;

/// <summary>The keys that stand in the configuration itself.</summary>
internal sealed class FixedKeys(IReadOnlyList<TokenKey> keys) : IKeySource
{
    public IReadOnlyList<TokenKey> Keys => keys;

    public ValueTask<bool> RefreshAsync() => new(false);
}
