using System.Net;
using System.Net.WebSockets;
using System.Text;
using Switchboard.Testing.Programs;

namespace Switchboard.Node.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task Program_WithoutAnySilo_ListensAndSaysThatItIsNotReady()
    {
        int port = Ports.Free();
        await using RunningProgram program = Start($"--Switchboard:Cluster:Gateways:0={port}");
        using HttpClient http = new() { BaseAddress = await program.ListensAsync() };

        string health = await http.GetStringAsync("/healthz");
        string page = await http.GetStringAsync("/");
        using HttpResponseMessage ready = await http.GetAsync("/readyz");
        await SaysAsync(program, $"No silo answers at 127.0.0.1:{port} (");
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
        await using RunningProgram program = Start($"--Switchboard:Cluster:Gateways:0={Ports.Free()}");
        Uri address = await program.ListensAsync();
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
        int port = Ports.Free();
        await using RunningProgram program = Start(
            $"--Switchboard:Cluster:ConnectionString=Host=127.0.0.1;Port={port};Database=sb;Username=u;Password=hush");

        await SaysAsync(program, $"No silo answers at PostgreSQL 127.0.0.1:{port}/sb (");
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
        await using RunningProgram program = Start(setting);

        Assert.Equal(1, await program.EndAsync());
        string line = program.Output.Split('\n').Single(line => line.StartsWith("switchboard could not start:", StringComparison.Ordinal));
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", program.Output, StringComparison.Ordinal);
    }

    private static RunningProgram Start(string argument) =>
        RunningProgram.StartDotnet(Checkout.Edge, ["--urls", "http://127.0.0.1:0", argument]);

    private static Task SaysAsync(RunningProgram program, string text) =>
        program.SaysAsync(text, output => output.Contains(text, StringComparison.Ordinal));
}
