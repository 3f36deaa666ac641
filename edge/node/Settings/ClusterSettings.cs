using System.Data.Common;
using System.Globalization;
using System.Net;
using Npgsql;

namespace Switchboard.Node.Settings;

/// <summary>Where the cluster is. The same as the silos'.</summary>
internal sealed class ClusterSettings
{
    private static readonly IPEndPoint Default = new(IPAddress.Loopback, 30000);

    /// <summary>Which cluster, of those in one database.</summary>
    public string ClusterId { get; set; } = "switchboard";

    /// <summary>Which service; stays the same while clusters come and go.</summary>
    public string ServiceId { get; set; } = "switchboard";

    /// <summary>The PostgreSQL database in which silos make themselves known; empty for the fixed list of gateways.</summary>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Without a database: the silos' gateways, each a port of this machine or "address:port". Empty for port 30000.</summary>
    public IList<string> Gateways { get; set; } = [];

    /// <summary>Whether silos are found in a database.</summary>
    public bool UsesDatabase => !string.IsNullOrWhiteSpace(ConnectionString);

    /// <summary>The gateways as addresses.</summary>
    public IPEndPoint[] Endpoints => Gateways.Count == 0 ? [Default] : [.. Gateways.Select(static gateway => Parse(gateway)!)];

    /// <summary>Where silos are looked for, without secrets.</summary>
    public string Place
    {
        get
        {
            if (!UsesDatabase)
            {
                return string.Join(", ", Endpoints.AsEnumerable());
            }

            NpgsqlConnectionStringBuilder database = new(ConnectionString);
            return $"PostgreSQL {database.Host}:{database.Port}/{database.Database}";
        }
    }

    /// <summary>Says what is wrong, one message a field; nothing where all is well.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(ClusterId))
        {
            yield return $"{nameof(ClusterId)} must not be empty";
        }

        if (string.IsNullOrWhiteSpace(ServiceId))
        {
            yield return $"{nameof(ServiceId)} must not be empty";
        }

        if (UsesDatabase && Gateways.Count > 0)
        {
            yield return $"{nameof(Gateways)} must be empty where there is a {nameof(ConnectionString)}";
        }

        if (UsesDatabase && !IsConnectionString(ConnectionString))
        {
            yield return $"{nameof(ConnectionString)} can't be read: it must be one for Npgsql with a host and a database, "
                + "\"Host=…;Database=…;Username=…;Password=…\"";
        }

        foreach (string gateway in Gateways.Where(static gateway => Parse(gateway) is null))
        {
            yield return $"{nameof(Gateways)} must be ports or \"address:port\", but one is '{gateway}'";
        }
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            NpgsqlConnectionStringBuilder builder = new(text);
            return !string.IsNullOrEmpty(builder.Host) && !string.IsNullOrEmpty(builder.Database);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or DbException or InvalidOperationException)
        {
            // The message may hold what was written, the password with it.
            return false;
        }
    }

    private static IPEndPoint? Parse(string gateway)
    {
        if (ushort.TryParse(gateway, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return port == 0 ? null : new IPEndPoint(IPAddress.Loopback, port);
        }

        return IPEndPoint.TryParse(gateway, out IPEndPoint? endpoint) && endpoint.Port != 0 ? endpoint : null;
    }
}
