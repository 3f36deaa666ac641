namespace Switchboard.Client;

/// <summary>Which page of a history is read. Without any: from the oldest message that is kept.</summary>
public sealed record HistoryOptions
{
    /// <summary>Newest first. Given by <see cref="Before"/>.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>Begins behind this position, the oldest first.</summary>
    public Position After { get; init; }

    /// <summary>Begins in front of this position, the newest first.</summary>
    public Position Before { get; init; }

    /// <summary>How many messages at most, 1 to 100.</summary>
    public int Limit { get; init; } = 50;
}
