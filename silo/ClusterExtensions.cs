using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Orleans.Hosting;
using Switchboard.Grains;

namespace Switchboard.Silo;

/// <summary>What makes a host a silo of the cluster; each choice is in docs/decisions.</summary>
internal static class ClusterExtensions
{
    private const string Invariant = "Npgsql";

    public static ISiloBuilder AddSwitchboardCluster(this ISiloBuilder silo, Settings settings)
    {
        ClusterSettings cluster = settings.Cluster;
        IPAddress address = Resolve(cluster.Address);
        if (cluster.ConnectionString is { Length: > 0 } connectionString)
        {
            silo.Configure<ClusterOptions>(options =>
            {
                options.ClusterId = cluster.ClusterId;
                options.ServiceId = cluster.ServiceId;
            });
            silo.Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = address;
                options.SiloPort = cluster.SiloPort;
                options.GatewayPort = cluster.GatewayPort;
                options.SiloListeningEndpoint = new IPEndPoint(address, cluster.SiloPort);
                options.GatewayListeningEndpoint = new IPEndPoint(address, cluster.GatewayPort);
            });
            silo.UseAdoNetClustering(options =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = connectionString;
            });
            silo.AddAdoNetGrainStorage(SiloBuilderExtensions.StorageName, options =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = connectionString;
            });
        }
        else
        {
            silo.UseLocalhostClustering(
                cluster.SiloPort,
                cluster.GatewayPort,
                new IPEndPoint(IPAddress.Loopback, cluster.PrimaryPort),
                cluster.ServiceId,
                cluster.ClusterId);
        }

        return silo.AddSwitchboardDefaults().AddSwitchboard(settings.Backplane);
    }

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
                $"Switchboard:Cluster:Address '{address}' is no IP address, and no host of that name is known");
        }
    }
}
