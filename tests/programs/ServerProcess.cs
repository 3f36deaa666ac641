namespace Switchboard.Testing.Programs;

/// <summary>The program that needs no cluster, on a free loopback port.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly RunningProgram _program;

    private ServerProcess(RunningProgram program, Uri address)
    {
        _program = program;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The same for WebSockets.</summary>
    public Uri WebSocketAddress => new UriBuilder(Address) { Scheme = "ws" }.Uri;

    /// <summary>What it has written so far.</summary>
    public string Output => _program.Output;

    /// <summary>Starts it with the echo, and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        RunningProgram program = RunningProgram.StartDotnet(
            Checkout.Standalone, ["--urls", "http://127.0.0.1:0", "--echo", .. arguments]);
        try
        {
            return new ServerProcess(program, await program.ListensAsync());
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it to its end, for arguments that it can't run with.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using RunningProgram program = RunningProgram.StartDotnet(Checkout.Standalone, arguments);
        return (await program.EndAsync(), program.Output);
    }

    /// <summary>Asks it to stop, as an operator does; the exit code.</summary>
    public Task<int> StopAsync() => _program.StopAsync();

    /// <summary>Kills it if it runs still.</summary>
    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
