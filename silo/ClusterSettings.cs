namespace Switchboard.Silo;

/// <summary>Which cluster the silo belongs to. The same as the edges'.</summary>
internal sealed class ClusterSettings
{
    /// <summary>The silos and edges that belong together.</summary>
    public string ClusterId { get; set; } = "switchboard";

    /// <summary>Whose grain state it is; outlives the cluster.</summary>
    public string ServiceId { get; set; } = "switchboard";

    /// <summary>
    /// PostgreSQL, in which the silos find each other, detached connections are kept, and durable rooms. Empty for one
    /// machine without a database: then the silos find each other through <see cref="SiloSettings.PrimaryPort"/>.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>Where edges look for silos without a database; of no concern to a silo.</summary>
    public IList<string> Gateways { get; set; } = [];

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(ClusterId) || string.IsNullOrWhiteSpace(ServiceId))
        {
            yield return $"{nameof(ClusterId)} and {nameof(ServiceId)} must not be empty";
        }
    }
}
