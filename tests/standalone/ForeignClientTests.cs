namespace Switchboard.Standalone.Tests;

/// <summary>
/// WebSocket libraries of other makes against the running program: text, binary, fragmented, compressed, 1 MiB, close.
/// What they exchange stands in <c>clients/</c>.
/// </summary>
public sealed class ForeignClientTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public Task PythonWebsockets_GetsEverythingBack() =>
        ForeignProgram.RunAsync("/usr/bin/python3", ForeignProgram.PathOf("echo_client.py"), Base());

    [Fact]
    public Task NodeWs_GetsEverythingBack() => ForeignProgram.RunAsync("node", ForeignProgram.PathOf("echo_client.mjs"), Base());

    [Theory]
    [InlineData("plain")]
    [InlineData("deflate")]
    public async Task Libwebsockets_GetsEverythingBack(string compression)
    {
        string program = Path.Combine(Path.GetTempPath(), $"switchboard-lws-{Environment.ProcessId}-{compression}");
        try
        {
            await ForeignProgram.RunAsync("gcc", "-O1", "-o", program, ForeignProgram.PathOf("echo_client.c"), "-lwebsockets");
            await ForeignProgram.RunAsync(program, server.Address.Host, $"{server.Address.Port}", compression);
        }
        finally
        {
            File.Delete(program);
        }
    }

    private string Base() => server.WebSocketAddress.ToString().TrimEnd('/');
}
