namespace Switchboard.Load.Compare;

/// <summary>One line of the table: two sides' figures of the same rounds.</summary>
internal sealed record Row(string Name, string Unit, string Other)
{
    /// <summary>Our figure of each round.</summary>
    public IReadOnlyList<double> Ours { get; init; } = [];

    /// <summary>The other side's figure of each round.</summary>
    public IReadOnlyList<double> Theirs { get; init; } = [];

    public Bar? Bar { get; init; }

    /// <summary>Why there are no figures.</summary>
    public string? Absent { get; init; }

    /// <summary>Whether the figures are absent because something went wrong.</summary>
    public bool Failed { get; init; }

    /// <summary>A line to print below the table.</summary>
    public string? Note { get; init; }

    /// <summary>Ours over theirs, round by round.</summary>
    public IReadOnlyList<double> Ratios => [.. Ours.Zip(Theirs, (ours, theirs) => ours / theirs)];

    public bool IsMissed => Failed || (Absent is null && Bar is not null && !Bar.IsMet(Median(Ratios)));

    /// <summary>What the median of the ratios lies between with a confidence of 95 %, whatever their distribution: the values
    /// at the ranks (n ∓ 1.96 √n) / 2. All of them where there are fewer than six.</summary>
    public (double Low, double High) MedianRange
    {
        get
        {
            double[] sorted = [.. Ratios.Order()];
            var rank = Math.Max(0, (int)((sorted.Length - (1.96 * Math.Sqrt(sorted.Length))) / 2) - 1);
            return (sorted[rank], sorted[^(rank + 1)]);
        }
    }

    public static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
