using System.Net;
using Switchboard.Testing.Programs;

namespace Switchboard.ClientScenarios.Tests.Cluster;

/// <summary>A silo or an edge, which can die and be started again, with the same ports.</summary>
internal sealed class ClusterNode(string assembly, IReadOnlyList<string> arguments, int port) : IAsyncDisposable
{
    private const int Attempts = 3;

    private RunningProgram? _program;

    /// <summary>Where it answers for its health; an edge's clients go there, too.</summary>
    public int Port => port;

    /// <summary>Starts it if it does not run, and returns when it is ready. One that can't start, such as for a database
    /// that answers too late, is started again, as its supervisor does.</summary>
    public async Task StartAsync()
    {
        for (int attempt = 1; ; attempt++)
        {
            if (_program is { HasEnded: true })
            {
                await DisposeAsync();
            }

            _program ??= RunningProgram.StartDotnet(assembly, ["--urls", $"http://127.0.0.1:{port}", .. arguments]);
            try
            {
                await Readiness.AwaitAsync(port, HttpStatusCode.OK, _program);
                return;
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                // It has ended.
            }
        }
    }

    /// <summary>Kills it without warning.</summary>
    public Task KillAsync() => _program!.KillAsync();

    /// <summary>Stops it in good order; returns when it has ended.</summary>
    public Task<int> StopAsync() => _program!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (_program is { } program)
        {
            _program = null;
            await program.DisposeAsync();
        }
    }
}
