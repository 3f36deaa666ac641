namespace Switchboard.Silo;

/// <summary>Where the silo is, and whom it belongs to.</summary>
internal sealed class ClusterSettings
{
    /// <summary>The silos and edges that belong together.</summary>
    public string ClusterId { get; set; } = "switchboard";

    /// <summary>Whose grain state it is; outlives the cluster.</summary>
    public string ServiceId { get; set; } = "switchboard";

    /// <summary>
    /// PostgreSQL, in which the silos find each other, detached connections are kept, and durable rooms. Empty for one
    /// machine without a database: then the silos find each other through <see cref="PrimaryPort"/>.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>The IP address or host name under which others reach the silo. It listens there and nowhere else.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port for other silos.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>The port for edges.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Without a database: the silo port of the silo that the others look for on this machine.</summary>
    public int PrimaryPort { get; set; } = 11111;

    /// <summary>How long a stop may take, moving the grains to other silos included.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        foreach ((string name, int port) in new[]
        {
            (nameof(SiloPort), SiloPort), (nameof(GatewayPort), GatewayPort), (nameof(PrimaryPort), PrimaryPort),
        })
        {
            if (port is < 1 or > 65535)
            {
                yield return $"{nameof(Settings.Cluster)}.{name} must be 1 to 65535, but is {port}";
            }
        }

        if (ClusterId.Length == 0 || ServiceId.Length == 0)
        {
            yield return $"{nameof(Settings.Cluster)}.{nameof(ClusterId)} and {nameof(ServiceId)} must not be empty";
        }

        if (StopTimeout <= TimeSpan.Zero || StopTimeout > TimeSpan.FromHours(1))
        {
            yield return $"{nameof(Settings.Cluster)}.{nameof(StopTimeout)} must be up to 01:00:00, but is {StopTimeout}";
        }
    }
}
