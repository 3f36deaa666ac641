using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Switchboard.ClientContract.Harness;

namespace Switchboard.Cluster.Tests.Clients;

/// <summary>The nginx of <c>deploy/</c> in front of edges, in turn, as a process of its own.</summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private NginxProxy(Process process, DirectoryInfo folder, Uri address)
    {
        _process = process;
        _folder = folder;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts it; returns once it listens.</summary>
    public static async Task<NginxProxy> StartAsync(IEnumerable<Uri> edges)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("switchboard-nginx-");

        // Its workers run as another user, and keep there what does not fit into memory.
        using (Process chmod = Process.Start("chmod", ["755", folder.FullName]))
        {
            await chmod.WaitForExitAsync();
        }

        int port = FreePort();
        Process process = Process.Start(new ProcessStartInfo(
            Path.Combine(Root(), "deploy", "nginx.sh"),
            [folder.FullName, $"127.0.0.1:{port}", .. edges.Select(edge => edge.Authority)]))!;
        NginxProxy proxy = new(process, folder, new Uri($"http://127.0.0.1:{port}"));
        await proxy.WaitAsync(port);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        // Ends its workers, too.
        using (Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Cluster.sln is in no folder above the tests");
    }

    private async Task WaitAsync(int port)
    {
        using CancellationTokenSource limit = new(Patience.Limit);
        while (true)
        {
            Assert.False(_process.HasExited, "nginx has ended");
            try
            {
                using TcpClient client = new();
                await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(Look, limit.Token);
            }
        }
    }
}
