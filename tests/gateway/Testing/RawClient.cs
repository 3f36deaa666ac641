using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Tests.Testing;

/// <summary>A client of the protocol that reads only when it is told to, and sees the frames as they are.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly List<byte> _deflated = [];
    private int _inflated;
    private bool _keepsWindow;

    private RawClient(RawSocket socket) => Socket = socket;

    public RawSocket Socket { get; }

    /// <summary>The server's answer to the handshake.</summary>
    public string Head { get; private set; } = "";

    public string Token { get; private set; } = "";

    /// <summary>How many of the messages came compressed.</summary>
    public int CompressedMessages { get; private set; }

    /// <summary>Opens a WebSocket, with an offer of extensions if one is given.</summary>
    public static async Task<RawClient> OpenAsync(
        GatewayHost host, string target, string? extensions = null, int? receiveBuffer = null)
    {
        RawClient client = new(await RawSocket.ConnectAsync(host.EndPoint, receiveBuffer));
        string offer = extensions is null ? "" : $"Sec-WebSocket-Extensions: {extensions}\r\n";
        await client.Socket.SendAsync(
            $"GET {target} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + $"Sec-WebSocket-Protocol: switchboard.v1.json\r\n{offer}\r\n");
        client.Head = await client.Socket.ReadHeadAsync();
        client._keepsWindow = client.Head.Contains("permessage-deflate", StringComparison.Ordinal)
            && !client.Head.Contains("server_no_context_takeover", StringComparison.Ordinal);
        return client;
    }

    /// <summary>Opens a WebSocket, connects, and joins a room.</summary>
    public static async Task<RawClient> JoinAsync(
        GatewayHost host, string user, string room, string? extensions = null, int? receiveBuffer = null)
    {
        RawClient client = await OpenAsync(host, $"/ws?user={user}", extensions, receiveBuffer);
        await client.SendAsync("""{"type":"connect"}""");
        client.Token = (await client.NextAsync()).Text("resume");
        await client.SendAsync($$"""{"type":"join","room":"{{room}}"}""");
        Assert.Equal("joined", (await client.NextAsync()).Type());
        return client;
    }

    public Task SendAsync(string text) => SendAsync(Opcode.Text, Encoding.UTF8.GetBytes(text));

    public Task SendAsync(Opcode opcode, byte[] payload, bool fin = true) =>
        Socket.SendAsync(Frame(opcode, payload, fin));

    /// <summary>One masked frame.</summary>
    public static byte[] Frame(Opcode opcode, byte[] payload, bool fin = true)
    {
        const uint Mask = 0x04030201;
        byte[] frame = new byte[FrameHeader.MaxLength + payload.Length];
        int header = FrameHeaderWriter.WriteMasked(frame, opcode, payload.Length, Mask, fin);
        payload.CopyTo(frame, header);
        Masking.Apply(frame.AsSpan(header, payload.Length), Mask);
        return frame[..(header + payload.Length)];
    }

    public async Task<ServerFrame> FrameAsync()
    {
        byte[] start = await Socket.ReadAsync(2);
        long length = start[1] & 0x7F;
        if (length >= 126)
        {
            length = (await Socket.ReadAsync(length == 126 ? 2 : 8)).Aggregate(0L, static (value, b) => (value << 8) | b);
        }

        return new ServerFrame(start[0], await Socket.ReadAsync((int)length));
    }

    /// <summary>The next message's bytes, inflated where they were deflated.</summary>
    public async Task<byte[]> MessageAsync()
    {
        ServerFrame frame = await FrameAsync();
        Assert.True(frame.Opcode is 1 or 2, $"expected a message, got opcode {frame.Opcode} of {frame.Payload.Length} bytes");
        CompressedMessages += frame.IsCompressed ? 1 : 0;
        return frame.IsCompressed ? Inflate(frame.Payload) : frame.Payload;
    }

    public async Task<JsonElement> NextAsync() => JsonDocument.Parse(await MessageAsync()).RootElement;

    public void Dispose() => Socket.Dispose();

    // With the base library's inflater; a kept window is had by inflating all that came so far once more.
    private byte[] Inflate(byte[] payload)
    {
        if (!_keepsWindow)
        {
            _deflated.Clear();
            _inflated = 0;
        }

        _deflated.AddRange(payload);
        _deflated.AddRange([0x00, 0x00, 0xFF, 0xFF]);
        using MemoryStream whole = new();
        using (DeflateStream inflater = new(new MemoryStream([.. _deflated, 0x03, 0x00]), CompressionMode.Decompress))
        {
            inflater.CopyTo(whole);
        }

        byte[] message = whole.ToArray()[_inflated..];
        _inflated = (int)whole.Length;
        return message;
    }
}
