using System.Globalization;
using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests.Proxies;

/// <summary>A proxy with the configuration of deploy/ before two servers, on a free loopback port.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly RunningProgram _program;
    private readonly DirectoryInfo _folder;

    private ProxyProcess(RunningProgram program, DirectoryInfo folder, int port)
    {
        _program = program;
        _folder = folder;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
    }

    public Uri Address { get; }

    /// <summary>Starts "nginx" or "haproxy", and waits until it passes requests on.</summary>
    public static async Task<ProxyProcess> StartAsync(string name, params ServerProcess[] servers)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("switchboard-proxy");
        int port = Ports.Free();
        string listen = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        string[] edges = [.. servers.Select(each => each.Address.Authority)];
        RunningProgram program = name == "nginx"
            ? RunningProgram.Start("sh", [Checkout.PathOf("deploy/nginx.sh"), folder.FullName, listen, .. edges])
            : RunningProgram.Start(
                "haproxy",
                ["-db", "-f", Checkout.PathOf("deploy/haproxy.cfg")],
                [KeyValuePair.Create("LISTEN", listen), .. edges.Select((edge, i) => KeyValuePair.Create($"EDGE_{i + 1}", edge))]);
        ProxyProcess proxy = new(program, folder, port);
        await proxy.AwaitAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_program.HasEnded)
        {
            // Told to end, not killed: nginx ends its workers then.
            await _program.StopAsync();
        }

        await _program.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // Both servers have been started; a proxy that does not think so yet answers 502 or 503.
    private async Task AwaitAsync()
    {
        using HttpClient http = new() { BaseAddress = Address };
        DateTime until = DateTime.UtcNow + Patience;
        while (true)
        {
            Assert.False(_program.HasEnded, $"the proxy ended: {_program.Output}");
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
