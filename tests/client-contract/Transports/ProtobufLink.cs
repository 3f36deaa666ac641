using System.Net.WebSockets;
using System.Text.Json;
using Google.Protobuf;
using Switchboard.Protocol.Tests.Envelope.Protobuf;

namespace Switchboard.ClientContract.Transports;

/// <summary>One WebSocket with protobuf: the documents are translated into the generated classes and back.</summary>
internal sealed class ProtobufLink(ClientWebSocket socket) : WebSocketLink(socket)
{
    protected override (WebSocketMessageType Type, byte[] Bytes) Encode(string command)
    {
        using JsonDocument document = JsonDocument.Parse(command);
        return (WebSocketMessageType.Binary, CommandDocument.ToMessage(document.RootElement).ToByteArray());
    }

    protected override JsonElement Decode(byte[] bytes)
    {
        (JsonElement json, byte[]? payload) = EventDocument.FromMessage(V1.ServerMessage.Parser.ParseFrom(bytes));
        Assert.Null(payload);
        return json;
    }
}
