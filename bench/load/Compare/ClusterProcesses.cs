namespace Switchboard.Load.Compare;

/// <summary>A silo and two edges, without a database, as processes on free ports.</summary>
internal sealed class ClusterProcesses : IDisposable
{
    private const string Silo = "silo/Switchboard.Silo";
    private const string Edge = "edge/node/Switchboard.Node";
    private readonly Dictionary<string, ServerProcess> _processes = [];

    private ClusterProcesses()
    {
    }

    public IReadOnlyList<Uri> Edges => [_processes["edge1"].Url("/ws"), _processes["edge2"].Url("/ws")];

    public IReadOnlyDictionary<string, int> Pids => _processes.ToDictionary(each => each.Key, each => each.Value.Pid);

    /// <summary>The programs that it consists of.</summary>
    public static IEnumerable<string> Programs(string root) => [Contenders.Built(root, Silo), Contenders.Built(root, Edge)];

    /// <summary>Starts it, with <paramref name="settings"/> for all of its programs, and returns once it is ready.</summary>
    public static ClusterProcesses Start(string root, string settings)
    {
        var cluster = new ClusterProcesses();
        try
        {
            var gateway = ServerProcess.FreePort();
            var silo = ServerProcess.FreePort();
            cluster.Add(
                "silo",
                $"dotnet {Contenders.Built(root, Silo)} --Switchboard:Silo:SiloPort={silo} "
                + $"--Switchboard:Silo:PrimaryPort={silo} --Switchboard:Silo:GatewayPort={gateway} {settings}");
            foreach (var name in (string[])["edge1", "edge2"])
            {
                cluster.Add(
                    name,
                    $"dotnet {Contenders.Built(root, Edge)} --Switchboard:Node:Name={name} "
                    + $"--Switchboard:Cluster:Gateways:0={gateway} --Switchboard:Gateway:Limits:MessagesPerSecond=0 {settings}");
            }

            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }
    }

    private void Add(string name, string command)
    {
        var port = ServerProcess.FreePort();
        var words = $"{command} --urls http://127.0.0.1:{port}".Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var process = ServerProcess.Start(words, port);
        _processes.Add(name, process);
        using var http = new HttpClient();
        process.WaitUntil(() => IsReady(http, port), $"{name} does not get ready");
    }

    private static bool IsReady(HttpClient http, int port)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/readyz");
        using var answer = http.Send(request);
        return answer.IsSuccessStatusCode;
    }
}
