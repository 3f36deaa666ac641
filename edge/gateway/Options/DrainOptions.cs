namespace Switchboard.Gateway;

/// <summary>How an edge is emptied that an operator drains.</summary>
public sealed class DrainOptions
{
    /// <summary>Over what time its clients are closed; each at a moment by chance.</summary>
    public TimeSpan Over { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate() => Range.Check(nameof(Over), Over, TimeSpan.Zero, TimeSpan.FromHours(1));
}
