using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Switchboard.Node.Tests.Testing;

namespace Switchboard.Node.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task Program_WithoutAnySilo_ListensAndSaysThatItIsNotReady()
    {
        int port = ClosedPort();
        (NodeProcess program, Uri address) = await NodeProcess.StartAsync($"--Switchboard:Cluster:Gateways:0={port}");
        await using NodeProcess owned = program;
        using HttpClient http = new() { BaseAddress = address };

        string health = await http.GetStringAsync("/healthz");
        string page = await http.GetStringAsync("/");
        using HttpResponseMessage ready = await http.GetAsync("/readyz");
        await program.SaysAsync($"No silo answers at 127.0.0.1:{port} (");
        int exitCode = await program.StopAsync();

        Assert.Equal("ok", health);
        Assert.Contains("<title>", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("the cluster has not been reached yet", await ready.Content.ReadAsStringAsync());
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("   at ", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_WithoutAnySilo_IsToldToTryAgain()
    {
        (NodeProcess program, Uri address) = await NodeProcess.StartAsync($"--Switchboard:Cluster:Gateways:0={ClosedPort()}");
        await using NodeProcess owned = program;
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"ws://{address.Authority}/ws?user=ann"), CancellationToken.None);

        await socket.SendAsync("{\"type\":\"connect\",\"id\":1}"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        byte[] buffer = new byte[1000];
        WebSocketReceiveResult answer = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));

        string text = Encoding.UTF8.GetString(buffer, 0, answer.Count);
        Assert.Contains("\"unavailable\"", text, StringComparison.Ordinal);
        Assert.Contains("\"retry\":true", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_WithoutItsDatabase_SaysWhereItLooksAndNoPassword()
    {
        int port = ClosedPort();
        (NodeProcess program, _) = await NodeProcess.StartAsync(
            $"--Switchboard:Cluster:ConnectionString=Host=127.0.0.1;Port={port};Database=sb;Username=u;Password=hush");
        await using NodeProcess owned = program;

        await program.SaysAsync($"No silo answers at PostgreSQL 127.0.0.1:{port}/sb (");
        Assert.Equal(0, await program.StopAsync());

        Assert.DoesNotContain("hush", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", program.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Switchboard:Gateway:Limits:MaxConnections=0", "Limits.MaxConnections must be 1 to")]
    [InlineData("--Switchboard:Gateway:Pfad=/ws", "Pfad")]
    [InlineData("--Switchboard:Gatway:Path=/ws", "Switchboard:Gatway")]
    [InlineData("--Switchboard:Cluster:ConnectionString=Pasword=hush", "Switchboard:Cluster:ConnectionString can't be read")]
    public async Task Setting_ThatIsWrong_StopsTheStartWithALineThatNamesIt(string setting, string says)
    {
        (int exitCode, string output) = await NodeProcess.RunAsync(setting);

        Assert.Equal(1, exitCode);
        string line = output.Split('\n').Single(line => line.StartsWith("switchboard could not start:", StringComparison.Ordinal));
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", output, StringComparison.Ordinal);
    }

    private static int ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
