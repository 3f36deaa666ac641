namespace Switchboard.Core.Identifiers;

/// <summary>Names one connection across all nodes: 22 characters of base64url, 128 random bits.</summary>
public readonly record struct ConnectionId(string Value)
{
    /// <summary>A new id that nobody can guess.</summary>
    public static ConnectionId Create(IRandomSource random) => new(RandomText.Create(random));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
