using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Switchboard.Gateway.Tests.Testing;

namespace Switchboard.Gateway.Tests.Sessions;

/// <summary>Clients of both protocols in one room.</summary>
public sealed class ProtobufTests
{
    [Theory]
    [InlineData("switchboard.v1.protobuf", "switchboard.v1.protobuf")]
    [InlineData("switchboard.v1.protobuf", "switchboard.v1.protobuf", "switchboard.v1.json")]
    [InlineData("switchboard.v1.json", "switchboard.v1.json", "switchboard.v1.protobuf")]
    [InlineData("switchboard.v1.protobuf", "switchboard.v2.protobuf", "switchboard.v1.protobuf")]
    public async Task Handshake_OffersOfSubprotocols_PickTheFirstKnownOne(string chosen, params string[] offered)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        using ClientWebSocket socket = await host.OpenAsync("/ws?user=ann", options =>
        {
            foreach (string name in offered)
            {
                options.AddSubProtocol(name);
            }
        });

        Assert.Equal(chosen, socket.SubProtocol);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Room_WithClientsOfBothProtocols_BringsEachTheOthersMessages(bool jsonDeflates, bool protobufDeflates)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann", jsonDeflates);
        await ann.JoinAsync("r");
        await using ProtobufClient bob = await ProtobufClient.JoinAsync(host, "bob", "r", protobufDeflates);
        await using ProtobufClient cleo = await ProtobufClient.JoinAsync(host, "cleo", "r");
        string data = $$"""{ "a" : [1.0, {{Payloads.Dull(2000)}}] }""";
        byte[] bytes = new byte[2000];
        bytes[1999] = 255;

        // JSON and opaque bytes, from each protocol.
        await ann.PublishAsync("r", data, ""","echo":false""");
        byte[] header = Encoding.UTF8.GetBytes("""{"type":"publish","room":"r","echo":false}""");
        await ann.SendBinaryAsync([0, (byte)header.Length, .. header, .. bytes]);
        foreach (ProtobufClient client in new[] { bob, cleo })
        {
            V1.MessageEvent json = (await client.NextAsync()).Message;
            V1.MessageEvent binary = (await client.NextAsync()).Message;
            Assert.Equal(("r", 1ul, "ann", ann.Id), (json.Room, json.Offset, json.Sender.User, json.Sender.Connection));
            Assert.Equal(data, json.Json.ToStringUtf8());
            Assert.Equal(2ul, binary.Offset);
            Assert.Equal(bytes, binary.Binary.ToByteArray());
        }

        await bob.SendAsync(Publish(3, new V1.PublishCommand { Json = ByteString.CopyFromUtf8(data) }));
        await bob.SendAsync(Publish(4, new V1.PublishCommand { Binary = ByteString.CopyFrom(bytes) }));
        JsonElement text = await ann.NextAsync();
        (WebSocketMessageType type, byte[] frame) = await ann.ReceiveAsync();
        Assert.Equal(data, text.GetProperty("data").GetRawText());
        Assert.Equal("bob", text.GetProperty("from").Text("user"));
        Assert.Equal(WebSocketMessageType.Binary, type);
        Assert.Equal(bytes, frame[^2000..]);
        Assert.Equal(3ul, (await cleo.NextAsync()).Message.Offset);
        Assert.Equal(bytes, (await cleo.NextAsync()).Message.Binary.ToByteArray());
    }

    [Fact]
    public async Task History_OfBothKindsOfPayload_IsToldInEachProtocol()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("r");
        await using ProtobufClient bob = await ProtobufClient.JoinAsync(host, "bob", "r");
        await ann.PublishAsync("r", "[1]");
        await bob.NextAsync();
        await bob.SendAsync(Publish(3, new V1.PublishCommand { Binary = ByteString.CopyFrom(0, 255), Echo = false }));
        Assert.Equal(2ul, (await bob.NextAsync()).Published.Position.Offset);
        Assert.Equal(1, (await ann.NextAsync("message")).Number("offset"));
        Assert.Equal(WebSocketMessageType.Binary, (await ann.ReceiveAsync()).Type);

        await bob.SendAsync(new V1.ClientMessage { Id = 4, History = new V1.HistoryCommand { Room = "r" } });
        V1.ServerMessage answer = await bob.NextAsync();
        JsonElement history = await ann.AskAsync("""{"type":"history","room":"r"}""");

        Assert.Equal(4ul, answer.Id);
        Assert.Equal([1ul, 2ul], answer.History.Messages.Select(message => message.Offset));
        Assert.Equal("[1]", answer.History.Messages[0].Json.ToStringUtf8());
        Assert.Equal([0, 255], answer.History.Messages[1].Binary.ToByteArray());
        Assert.Equal("AP8=", history.GetProperty("messages")[1].Text("base64"));
    }

    [Fact]
    public async Task Resume_WithAPosition_BringsWhatWasMissed()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using TestClient ann = await host.ConnectAsync("ann");
        await ann.JoinAsync("r");
        await using ProtobufClient first = await ProtobufClient.OpenAsync(host, "bob");
        await first.SendAsync(new V1.ClientMessage { Connect = new V1.ConnectCommand() });
        V1.WelcomeEvent welcome = (await first.NextAsync()).Welcome;
        await first.SendAsync(new V1.ClientMessage { Join = new V1.JoinCommand { Room = "r", State = ByteString.CopyFromUtf8("{}") } });
        V1.JoinedEvent joined = (await first.NextAsync()).Joined;
        first.Inner.Drop();
        await ann.PublishAsync("r", "7");

        await using ProtobufClient second = await ProtobufClient.OpenAsync(host, "bob");
        var positions = new V1.Positions
        {
            User = welcome.UserFeed.Position,
            Connection = welcome.ConnectionFeed.Position,
            Rooms = { ["r"] = joined.Start.Position },
        };
        await second.SendAsync(
            new V1.ClientMessage { Id = 1, Connect = new V1.ConnectCommand { Resume = welcome.Resume, Positions = positions } });
        V1.WelcomeEvent resumed = (await second.NextAsync()).Welcome;

        Assert.True(resumed.Resumed);
        Assert.Equal(V1.Recovery.Recovered, Assert.Single(resumed.Rooms).Start.Recovery);
        Assert.Equal("7", (await second.NextAsync()).Message.Json.ToStringUtf8());
    }

    [Fact]
    public async Task Client_WhatIsWrong_IsAnErrorInProtobufAndTheConnectionLivesOn()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using ProtobufClient bob = await ProtobufClient.JoinAsync(host, "bob", "r");

        await bob.Inner.SendAsync("""{"type":"ping","id":3}""");
        Assert.Equal("bad_frame", (await bob.NextAsync()).Error.Code);
        await bob.Inner.SendBinaryAsync([8, 3, 0x2A, 9]);
        Assert.Equal((3ul, "bad_frame"), await ErrorAsync(bob));
        await bob.SendAsync(new V1.ClientMessage { Id = 4, Leave = new V1.LeaveCommand { Room = "other" } });
        Assert.Equal((4ul, "not_joined"), await ErrorAsync(bob));
        await bob.SendAsync(Publish(5, new V1.PublishCommand { Json = ByteString.CopyFromUtf8("{") }));
        Assert.Equal((5ul, "bad_json"), await ErrorAsync(bob));
        await bob.SendAsync(new V1.ClientMessage { Id = 6, Ping = new V1.PingCommand() });
        Assert.Equal((6ul, V1.ServerMessage.EventOneofCase.Pong), await CaseAsync(bob));
    }

    private static V1.ClientMessage Publish(ulong id, V1.PublishCommand publish)
    {
        publish.Room = "r";
        return new V1.ClientMessage { Id = id, Publish = publish };
    }

    private static async Task<(ulong Id, string Code)> ErrorAsync(ProtobufClient client)
    {
        V1.ServerMessage message = await client.NextAsync();
        return (message.Id, message.Error.Code);
    }

    private static async Task<(ulong Id, V1.ServerMessage.EventOneofCase Case)> CaseAsync(ProtobufClient client)
    {
        V1.ServerMessage message = await client.NextAsync();
        return (message.Id, message.EventCase);
    }
}
