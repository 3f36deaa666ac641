namespace Switchboard.Gateway.Identity.Tokens.Keys;

/// <summary>Where keys come from.</summary>
internal interface IKeySource
{
    /// <summary>The keys that are known now; null while none could be had yet.</summary>
    IReadOnlyList<TokenKey>? Keys { get; }

    /// <summary>Looks for new keys, unless it did so a moment ago.</summary>
    /// <returns>True when it has looked.</returns>
    ValueTask<bool> RefreshAsync();
}
