namespace Switchboard.Core.Identifiers;

/// <summary>Names one running edge. A restarted edge is another edge.</summary>
public readonly record struct EdgeId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
