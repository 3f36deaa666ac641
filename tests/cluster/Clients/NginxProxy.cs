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
    /// <param name="edges">What is behind it.</param>
    /// <param name="keepsBack">
    /// Whether it keeps every answer back until its buffers are full, whatever the edges say of it; as it is configured, it
    /// heeds them.
    /// </param>
    public static async Task<NginxProxy> StartAsync(IEnumerable<Uri> edges, bool keepsBack = false)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("switchboard-nginx-");

        // Its workers run as another user, and keep there what does not fit into memory.
        using (Process chmod = Process.Start("chmod", ["755", folder.FullName]))
        {
            await chmod.WaitForExitAsync();
        }

        string script = Path.Combine(Root(), "deploy", "nginx.sh");
        if (keepsBack)
        {
            script = await KeepBackAsync(script, folder.FullName);
        }

        int port = FreePort();
        Process process = Process.Start(new ProcessStartInfo(
            script,
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

    // The same, but for all that is no WebSocket, it pays no heed to what the edges say, and talks HTTP/1.0 to them: with
    // HTTP/1.1 it passes on each chunk as it comes.
    private static async Task<string> KeepBackAsync(string script, string folder)
    {
        const string Template = "nginx.conf.template";
        const string Location = "location / {";
        string text = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(script)!, Template));
        Assert.Contains(Location, text, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy_buffering", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(folder, Template),
            text.Replace(
                Location,
                $"location /ws {{ proxy_pass http://edges; }} {Location} proxy_http_version 1.0; proxy_ignore_headers X-Accel-Buffering;",
                StringComparison.Ordinal));
        string copy = Path.Combine(folder, Path.GetFileName(script));
        File.Copy(script, copy);
        return copy;
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
