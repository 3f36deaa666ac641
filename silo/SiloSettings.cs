namespace Switchboard.Silo;

/// <summary>Where the silo is, and how it stops. For the silos alone.</summary>
internal sealed class SiloSettings
{
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

    /// <summary>
    /// How long an edge that is not heard of is taken to be alive, 1 second to 1 minute. The grace period of its
    /// connections begins when it was last heard of, so it should be longer than this.
    /// </summary>
    public TimeSpan EdgeLease { get; set; } = TimeSpan.FromSeconds(5);

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
                yield return $"{name} must be 1 to 65535, but is {port}";
            }
        }

        if (StopTimeout <= TimeSpan.Zero || StopTimeout > TimeSpan.FromHours(1))
        {
            yield return $"{nameof(StopTimeout)} must be up to 01:00:00, but is {StopTimeout}";
        }
    }
}
