using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.Storage;
using Switchboard.Grains;

namespace Switchboard.Silo;

/// <summary>What makes a host a silo of the cluster; each choice is in docs/decisions.</summary>
internal static class ClusterExtensions
{
    private const string Invariant = "Npgsql";

    // When a silo has died, the others read a row for each connection that edges claim; Npgsql alone would open a hundred to the
    // server for each of them, which is all that PostgreSQL takes by default.
    private const int MaxConnections = 20;
    private const string PoolSize = "Maximum Pool Size";

    public static ISiloBuilder AddSwitchboardCluster(this ISiloBuilder silo, Settings settings)
    {
        ClusterSettings cluster = settings.Cluster;
        SiloSettings place = settings.Silo;
        IPAddress address = AddressOf(settings);
        if (cluster.ConnectionString is { Length: > 0 } given)
        {
            string connectionString = Bounded(given);
            silo.Configure<ClusterOptions>(options =>
            {
                options.ClusterId = cluster.ClusterId;
                options.ServiceId = cluster.ServiceId;
            });
            silo.Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = address;
                options.SiloPort = place.SiloPort;
                options.GatewayPort = place.GatewayPort;
                options.SiloListeningEndpoint = new IPEndPoint(address, place.SiloPort);
                options.GatewayListeningEndpoint = new IPEndPoint(address, place.GatewayPort);
            });
            silo.UseAdoNetClustering(options =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = connectionString;
            });
            // In the contract's own format: JSON, the default, can't read back what is behind an interface.
            silo.AddAdoNetGrainStorage(SwitchboardSilo.StorageName, storage => storage.Configure<Serializer>((options, serializer) =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = connectionString;
                options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);

                // A row that was only emptied would stay for every connection that ever lost its socket.
                options.DeleteStateOnClear = true;
            }));
        }
        else
        {
            silo.UseLocalhostClustering(
                place.SiloPort,
                place.GatewayPort,
                new IPEndPoint(IPAddress.Loopback, place.PrimaryPort),
                cluster.ServiceId,
                cluster.ClusterId);
        }

        return silo.AddSwitchboardDefaults().AddSwitchboard(settings.Backplane);
    }

    /// <summary>The connection string with a bound for the connections of Orleans' providers, unless it has one.</summary>
    public static string Bounded(string connectionString)
    {
        try
        {
            NpgsqlConnectionStringBuilder builder = new(connectionString);
            if (!((DbConnectionStringBuilder)builder).ShouldSerialize(PoolSize))
            {
                builder.MaxPoolSize = Math.Max(MaxConnections, builder.MinPoolSize);
            }

            return builder.ConnectionString;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The store, which reads it next, says what is wrong with it, and leaves the password out.
            return connectionString;
        }
    }

    /// <summary>Where the silo listens: without a database on this machine alone.</summary>
    /// <exception cref="InvalidOperationException">Nobody knows the host's name.</exception>
    public static IPAddress AddressOf(Settings settings) =>
        string.IsNullOrEmpty(settings.Cluster.ConnectionString) ? IPAddress.Loopback : Resolve(settings.Silo.Address);

    private static IPAddress Resolve(string address)
    {
        try
        {
            return IPAddress.TryParse(address, out IPAddress? ip)
                ? ip
                : Dns.GetHostAddresses(address, AddressFamily.InterNetwork)[0];
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new InvalidOperationException(
                $"Switchboard:Silo:Address '{address}' is no IP address, and no host of that name is known");
        }
    }
}
