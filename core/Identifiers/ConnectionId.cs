namespace Switchboard.Core.Identifiers;

/// <summary>Names one connection across all nodes: 22 characters of base64url, 128 random bits.</summary>
public readonly record struct ConnectionId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
