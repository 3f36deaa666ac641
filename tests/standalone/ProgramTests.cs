using System.Net.WebSockets;
using Switchboard.Testing.Programs;

namespace Switchboard.Standalone.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task Program_ServesItsPageAndItsHealthFromAnyFolder()
    {
        await using ServerProcess server = await ServerProcess.StartAsync();
        using HttpClient http = new() { BaseAddress = server.Address };

        string page = await http.GetStringAsync("/");
        string health = await http.GetStringAsync("/healthz");
        using HttpResponseMessage missing = await http.GetAsync("/nothing/here");

        Assert.Contains("<title>", page, StringComparison.Ordinal);
        Assert.Equal("ok", health);
        Assert.Equal(404, (int)missing.StatusCode);
        Assert.Equal("There is nothing at this path.", await missing.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("--Switchboard:Gateway:Limits:MaxConnections=0", "Limits.MaxConnections must be 1 to")]
    [InlineData("--Switchboard:Gateway:Path=ws", "Path must begin with '/'")]
    [InlineData("--Switchboard:Gateway:Fallbacks:Path=poll", "Fallbacks.Path must begin with '/'")]
    [InlineData("--Switchboard:Gateway:Pfad=/ws", "Pfad")]
    [InlineData("--Switchboard:Gatway:Path=/ws", "Switchboard:Gatway")]
    [InlineData("--Switchboard:Backplane:Rooms:Default:MaxMembers=many", "MaxMembers")]
    [InlineData("--Switchboard:Gateway:Grace=00:00:01", "Grace")]
    [InlineData("--Switchboard:Gateway:Heartbeat:Interval=soon", "Interval")]
    [InlineData("--Switchboard:Gateway:Access:Origins:0=nonsense", "Origins")]
    [InlineData("--Switchboard:Backplane:Rooms:Default:Durable=true", "no store for them; set Switchboard:Store:ConnectionString")]
    [InlineData("--Switchboard:Store:ConnectionString=Database=rooms", "the connection string has no Host")]
    [InlineData("--Switchboard:Store:Timeout=00:00:01", "Timeout")]
    [InlineData("--Switchboard:Backplane:Connections:MaxRooms=0", "MaxRooms must be 1 to")]
    public async Task Setting_ThatIsWrong_StopsTheStartWithALineThatNamesIt(string setting, string says)
    {
        (int exitCode, string output) = await ServerProcess.RunAsync("--urls", "http://127.0.0.1:0", setting);

        Assert.Equal(1, exitCode);
        string line = output.Split('\n').Single(line => line.StartsWith("switchboard could not start:", StringComparison.Ordinal));
        Assert.Contains(says, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KestrelsLimits_AreConfigured()
    {
        await using ServerProcess server = await ServerProcess.StartAsync("--Kestrel:Limits:MaxConcurrentConnections=1");
        using HttpClient http = new() { BaseAddress = server.Address };
        Assert.Equal("ok", await http.GetStringAsync("/healthz"));

        using HttpClient other = new() { BaseAddress = server.Address };
        await Assert.ThrowsAsync<HttpRequestException>(() => other.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task Port_ThatIsTaken_StopsTheStartWithALineThatNamesIt()
    {
        await using ServerProcess server = await ServerProcess.StartAsync();

        (int exitCode, string output) = await ServerProcess.RunAsync("--urls", server.Address.ToString());

        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"{server.Address.Authority}: address already in use. Give another address with --urls", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ToldToStop_ClosesItsSocketsWith1001AndExitsWith0()
    {
        await using ServerProcess server = await ServerProcess.StartAsync();
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri(server.WebSocketAddress, "/echo"), CancellationToken.None);

        Task<int> stopped = server.StopAsync();
        WebSocketReceiveResult result = await socket.ReceiveAsync(new byte[100], CancellationToken.None);
        await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, CancellationToken.None);

        Assert.Equal(WebSocketMessageType.Close, result.MessageType);
        Assert.Equal(1001, (int)socket.CloseStatus!);
        Assert.Equal(0, await stopped);
    }
}
