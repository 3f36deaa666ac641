namespace Switchboard.Webhooks;

/// <summary>How often and when a notice is sent again that the endpoint did not take.</summary>
public sealed class RetryOptions
{
    /// <summary>How often it is sent in all, the first time included; then it is dropped.</summary>
    public int Attempts { get; set; } = 10;

    /// <summary>The longest pause before the second attempt; each further one doubles it. The pause is half to all of that, at random.</summary>
    public TimeSpan First { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause of all.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate() =>
        Bounds.Check(nameof(Attempts), Attempts, 1, 100)
            .Concat(Bounds.Check(nameof(First), First, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)))
            .Concat(Bounds.Check(nameof(Longest), Longest, First, TimeSpan.FromDays(1)));
}
