using System.Net;
using System.Net.Sockets;

namespace Switchboard.Silo;

/// <summary>
/// Says which port is taken before Orleans finds out, which says neither the port nor anything without a stack trace.
/// </summary>
internal static class PortCheck
{
    /// <exception cref="InvalidOperationException">Another program listens there, or the address is not this machine's.</exception>
    public static void Run(Settings settings)
    {
        SiloSettings silo = settings.Silo;
        IPAddress address = ClusterExtensions.AddressOf(settings);

        // Without a database, a first silo that moves alone takes what listens there for the first silo, and waits for it.
        string primary = string.IsNullOrEmpty(settings.Cluster.ConnectionString)
            ? $", and for the first silo Switchboard:Silo:{nameof(SiloSettings.PrimaryPort)} to the same"
            : string.Empty;
        Try(address, silo.SiloPort, nameof(SiloSettings.SiloPort), primary);
        Try(address, silo.GatewayPort, nameof(SiloSettings.GatewayPort), string.Empty);
    }

    private static void Try(IPAddress address, int port, string setting, string more)
    {
        try
        {
            using TcpListener listener = new(address, port);
            listener.Start();
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new InvalidOperationException(
                $"another program listens on port {port} of {address}; set Switchboard:Silo:{setting} to another one{more}");
        }
        catch (SocketException exception)
        {
            throw new InvalidOperationException(
                $"it can't listen on port {port} of {address} ({exception.Message}); "
                + $"correct Switchboard:Silo:{nameof(SiloSettings.Address)} or {setting}");
        }
    }
}
