using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Switchboard.Standalone.Tests.Proxies;

/// <summary>A proxy with the configuration of deploy/ before two servers, on a free loopback port.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ProxyProcess(Process process, DirectoryInfo folder, int port)
    {
        _process = process;
        _folder = folder;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
    }

    public Uri Address { get; }

    /// <summary>Starts "nginx" or "haproxy", and waits until it passes requests on.</summary>
    public static async Task<ProxyProcess> StartAsync(string name, params ServerProcess[] servers)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("switchboard-proxy");
        int port = FreePort();
        string listen = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        string deploy = Path.Combine(Root(), "deploy");
        ProcessStartInfo start = name == "nginx"
            ? new ProcessStartInfo("sh", [Path.Combine(deploy, "nginx.sh"), folder.FullName, listen, .. servers.Select(each => each.Address.Authority)])
            : new ProcessStartInfo("haproxy", ["-db", "-f", Path.Combine(deploy, "haproxy.cfg")]);
        start.Environment["LISTEN"] = listen;
        for (int i = 0; i < servers.Length; i++)
        {
            start.Environment[string.Create(CultureInfo.InvariantCulture, $"EDGE_{i + 1}")] = servers[i].Address.Authority;
        }

        ProxyProcess proxy = new(Process.Start(start)!, folder, port);
        await proxy.AwaitAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Told to end, not killed: nginx ends its workers then.
            using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        }

        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Both servers have been started; a proxy that does not think so yet answers 502 or 503.
    private async Task AwaitAsync()
    {
        using HttpClient http = new() { BaseAddress = Address };
        DateTime until = DateTime.UtcNow + Patience;
        while (true)
        {
            Assert.False(_process.HasExited, "the proxy ended");
            Assert.True(DateTime.UtcNow < until, "the proxy passed nothing on");
            try
            {
                using HttpResponseMessage answer = await http.GetAsync("/");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }

            await Task.Delay(Poll);
        }
    }
}
