namespace Switchboard.Core.Identifiers;

/// <summary>The name of a room; see <see cref="Name"/> for its bounds.</summary>
public readonly record struct RoomName
{
    /// <exception cref="ArgumentException">The value breaks the rule of <see cref="Name"/>.</exception>
    public RoomName(string value)
    {
        if (Name.Validate(value) is { } problem)
        {
            throw new ArgumentException(problem, nameof(value));
        }

        Value = value;
    }

    /// <summary>The name itself; null only in a default value.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
