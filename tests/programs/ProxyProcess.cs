using System.Net;

namespace Switchboard.Testing.Programs;

/// <summary>A proxy with the configuration of deploy/ before edges, in turn, on a free loopback port.</summary>
public sealed class ProxyProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("switchboard-proxy-");
    private readonly string _listen = $"127.0.0.1:{Ports.Free()}";
    private RunningProgram? _program;

    private ProxyProcess()
    {
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://{_listen}");

    /// <summary>Starts nginx, and waits until it passes requests on.</summary>
    /// <param name="edges">What is behind it.</param>
    /// <param name="change">Changes the text of its configuration; null where it is as it stands in deploy/.</param>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    /// <exception cref="TimeoutException">It passed nothing on for a minute.</exception>
    public static Task<ProxyProcess> StartNginxAsync(IEnumerable<Uri> edges, Func<string, string>? change = null) =>
        StartAsync(async proxy =>
        {
            const string Script = "nginx.sh";
            const string Template = "nginx.conf.template";
            string folder = proxy._folder.FullName;

            // Its workers run as another user, and keep there what does not fit into memory.
            await using (RunningProgram chmod = RunningProgram.Start("chmod", ["755", folder]))
            {
                await chmod.EndAsync();
            }

            string text = Checkout.Read($"deploy/{Template}");
            await File.WriteAllTextAsync(Path.Combine(folder, Template), change?.Invoke(text) ?? text);
            File.Copy(Checkout.PathOf($"deploy/{Script}"), Path.Combine(folder, Script));
            return RunningProgram.Start(
                "sh", [Path.Combine(folder, Script), folder, proxy._listen, .. edges.Select(static edge => edge.Authority)]);
        });

    /// <summary>Starts HAProxy, and waits until it passes requests on.</summary>
    /// <param name="edges">What is behind it: two.</param>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    /// <exception cref="TimeoutException">It passed nothing on for a minute.</exception>
    public static Task<ProxyProcess> StartHaproxyAsync(IEnumerable<Uri> edges) => StartAsync(proxy => Task.FromResult(
        RunningProgram.Start(
            "haproxy",
            ["-db", "-f", Checkout.PathOf("deploy/haproxy.cfg")],
            [
                KeyValuePair.Create("LISTEN", proxy._listen),
                .. edges.Select(static (edge, i) => KeyValuePair.Create($"EDGE_{i + 1}", edge.Authority)),
            ])));

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            if (!_program.HasEnded)
            {
                // Told to end, not killed: nginx ends its workers then.
                await _program.StopAsync();
            }

            await _program.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static async Task<ProxyProcess> StartAsync(Func<ProxyProcess, Task<RunningProgram>> start)
    {
        ProxyProcess proxy = new();
        try
        {
            proxy._program = await start(proxy);
            await proxy.PassesOnAsync(proxy._program);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    // The edges have been started; a proxy that does not think so yet answers 502 or 503.
    private async Task PassesOnAsync(RunningProgram program)
    {
        using HttpClient http = new() { BaseAddress = Address, Timeout = AnswerTime };
        DateTime until = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri("/", UriKind.Relative));
                if (answer.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable))
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Nobody listens yet, or answers.
            }

            if (program.HasEnded)
            {
                throw new InvalidOperationException($"the proxy ended:\n{program.Output}");
            }

            if (DateTime.UtcNow >= until)
            {
                throw new TimeoutException($"the proxy passed nothing on:\n{program.Output}");
            }

            await Task.Delay(Poll);
        }
    }
}
