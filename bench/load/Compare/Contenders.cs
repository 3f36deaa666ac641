namespace Switchboard.Load.Compare;

/// <summary>Starts the servers that are compared, each on a free port.</summary>
internal sealed class Contenders(CompareOptions options)
{
    public const string Ours = "edge/standalone/Switchboard.Standalone";
    private const string AspNetEchoProject = "bench/baselines/aspnet-echo/Switchboard.Baselines.AspNetEcho";
    private const string SignalRProject = "bench/baselines/signalr/Switchboard.Baselines.SignalR";

    public ServerProcess Switchboard() => Start(options.Server);

    /// <summary>Ours, with further <paramref name="settings"/>.</summary>
    public ServerProcess Switchboard(string settings) => Start($"{options.Server} {settings}");

    public ServerProcess AspNetEcho() => Start($"dotnet {Built(options.Root, AspNetEchoProject)} --urls {{url}}");

    public ServerProcess SignalR() => Start($"dotnet {Built(options.Root, SignalRProject)} --urls {{url}}");

    /// <summary>Whether there are programs to make a cluster of.</summary>
    public static bool IsClusterBuilt(string root) => ClusterProcesses.Programs(root).All(File.Exists);

    /// <summary>The program that a Release build of <paramref name="project"/> leaves.</summary>
    public static string Built(string root, string project) => Path.Combine(
        root, Path.GetDirectoryName(project)!, "bin/Release/net10.0", Path.GetFileName(project) + ".dll");

    private static ServerProcess Start(string command)
    {
        var port = ServerProcess.FreePort();
        return ServerProcess.Start(
            command.Replace("{url}", $"http://127.0.0.1:{port}", StringComparison.Ordinal).Split(' '), port);
    }
}
