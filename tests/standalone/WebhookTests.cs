using System.Net.WebSockets;
using System.Text.Json;
using Switchboard.Gateway.Tests.Testing;
using Switchboard.Testing.Programs;
using Switchboard.Webhooks.Tests.Testing;
using Reply = Switchboard.Webhooks.Tests.Testing.Receiver.Reply;

namespace Switchboard.Standalone.Tests;

public sealed class WebhookTests
{
    [Fact]
    public async Task Program_WithWebhooks_AsksAndTellsTheApplication()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = static received => received.Type switch
        {
            "connect" => Reply.Yes(""","user":"ann","rooms":["lobby"]"""),
            "publish" => Reply.No(),
            _ => new Reply(204),
        };
        await using ServerProcess server = await ServerProcess.StartAsync(
            "--Switchboard:Webhooks:NamesUsers=true",
            $"--Switchboard:Webhooks:Endpoints:0:Url={receiver.Url}",
            $"--Switchboard:Webhooks:Endpoints:0:Secret={Secrets.Text}",
            "--Switchboard:Webhooks:Endpoints:0:Events:0=connect",
            "--Switchboard:Webhooks:Endpoints:0:Events:1=publish",
            "--Switchboard:Webhooks:Endpoints:0:Events:2=connected",
            "--Switchboard:Webhooks:Endpoints:0:Events:3=disconnected",
            "--Switchboard:Webhooks:Endpoints:0:Events:4=occupied",
            "--Switchboard:Webhooks:Endpoints:0:Events:5=vacated",
            "--Switchboard:Webhooks:Endpoints:0:MaxInFlight=1");
        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("switchboard.v1.json");
        await socket.ConnectAsync(new Uri(server.WebSocketAddress, "/ws"), Limit.Token());
        await using TestClient client = new(socket);

        JsonElement welcome = await client.ConnectAsync();
        await client.NextAsync("joined");
        (await client.PublishAsync("lobby", "1")).ShouldBeError("refused");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Limit.Token());
        List<string> told = [];
        for (int i = 0; i < 6; i++)
        {
            Receiver.Received received = await receiver.NextAsync();
            Assert.True(Secrets.Signed(received));
            if (received.Type is not ("connect" or "publish"))
            {
                told.Add(received.Type);
            }
        }

        Assert.Equal("ann", welcome.Text("user"));
        Assert.Equal(["connected", "occupied", "vacated", "disconnected"], told);
    }

    [Theory]
    [InlineData("--Switchboard:Webhooks:Endpoints:0:Url=/hooks", "Webhooks.Endpoints:0.Url")]
    [InlineData("--Switchboard:Webhooks:NamesUsers=true", "NamesUsers")]
    [InlineData("--Switchboard:Webhooks:Endpoint=x", "Endpoint")]
    public async Task Setting_OfWebhooksThatIsWrong_StopsTheStartWithALineThatNamesIt(string setting, string says)
    {
        (int exitCode, string output) = await ServerProcess.RunAsync("--urls", "http://127.0.0.1:0", setting);

        Assert.Equal(1, exitCode);
        string line = output.Split('\n').Single(line => line.StartsWith("switchboard could not start:", StringComparison.Ordinal));
        Assert.Contains(says, line, StringComparison.Ordinal);
    }
}
