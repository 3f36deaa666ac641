using System.Net.WebSockets;
using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

/// <summary>An oracle of another make: the base library's WebSocket, in both roles and directions.</summary>
public class BaseLibraryTests
{
    private const int Sequences = 150;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MessageReader_WhatBaseLibraryWrote_ReadsTheSameMessages(bool peerIsClient)
    {
        var random = new Random(peerIsClient ? 1 : 2);
        for (int sequence = 0; sequence < Sequences; sequence++)
        {
            using var wire = new Duplex([]);
            using WebSocket socket = Socket(wire, isServer: !peerIsClient);
            List<Happening> sent = [];
            for (int count = random.Next(6); count >= 0; count--)
            {
                (WebSocketMessageType type, byte[] message) = RandomMessage(random);
                foreach (Range fragment in RandomPieces(random, message.Length, 4))
                {
                    bool last = fragment.End.Value == message.Length;
                    await socket.SendAsync(message.AsMemory(fragment), type, last, CancellationToken.None);
                }

                sent.Add(Happening.Of(
                    type == WebSocketMessageType.Text ? ReadStatus.Text : ReadStatus.Binary, message));
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "dôné", CancellationToken.None);
            sent.Add(Happening.Of(ReadStatus.Close, Wire.ClosePayload(1000, "dôné")));

            var reading = new Reading
            {
                PeerIsClient = peerIsClient, Limits = new MessageLimits { MaxMessageBytes = 1 << 20 },
            };
            byte[] stream = wire.Outgoing;
            Assert.Equal(sent, reading.Whole(stream));
            Assert.Equal(sent, reading.Cut(stream, RandomCuts(random, stream.Length, 10)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BaseLibrary_WhatFrameHeaderWriterWrote_ReadsTheSameMessages(bool asClient)
    {
        var random = new Random(asClient ? 3 : 4);
        for (int sequence = 0; sequence < Sequences; sequence++)
        {
            List<byte> stream = [];
            List<(WebSocketMessageType Type, string Payload)> sent = [];
            for (int count = random.Next(6); count >= 0; count--)
            {
                (WebSocketMessageType type, byte[] message) = RandomMessage(random);
                sent.Add((type, Convert.ToHexString(message)));
                Opcode opcode = type == WebSocketMessageType.Text ? Opcode.Text : Opcode.Binary;
                foreach (Range fragment in RandomPieces(random, message.Length, 4))
                {
                    AddFrame(stream, random, asClient, opcode, message[fragment], fragment.End.Value == message.Length);
                    opcode = Opcode.Continuation;
                    if (random.Next(3) == 0)
                    {
                        AddFrame(stream, random, asClient, Opcode.Ping, new byte[random.Next(126)], true);
                    }
                }
            }

            var close = new byte[125];
            int closeLength = CloseFrame.Write(close, 3001, "gone");
            AddFrame(stream, random, asClient, Opcode.Close, close[..closeLength], true);

            using var wire = new Duplex([.. stream]);
            using WebSocket socket = Socket(wire, isServer: asClient);
            Assert.Equal(sent, await ReceiveAll(socket));
            Assert.Equal(3001, (int)socket.CloseStatus!);
            Assert.Equal("gone", socket.CloseStatusDescription);
        }
    }

    private static WebSocket Socket(Stream wire, bool isServer) => WebSocket.CreateFromStream(
        wire, new WebSocketCreationOptions { IsServer = isServer, KeepAliveInterval = TimeSpan.Zero });

    private static void AddFrame(
        List<byte> stream, Random random, bool asClient, Opcode opcode, byte[] payload, bool fin)
    {
        var header = new byte[FrameHeader.MaxLength];
        int length;
        if (asClient)
        {
            uint key = (uint)random.NextInt64(1L << 32);
            length = FrameHeaderWriter.WriteMasked(header, opcode, payload.Length, key, fin);
            payload = [.. payload];
            Masking.Apply(payload, key);
        }
        else
        {
            length = FrameHeaderWriter.Write(header, opcode, payload.Length, fin);
        }

        stream.AddRange(header.AsSpan(0, length));
        stream.AddRange(payload);
    }

    private static async Task<List<(WebSocketMessageType Type, string Payload)>> ReceiveAll(WebSocket socket)
    {
        List<(WebSocketMessageType Type, string Payload)> received = [];
        List<byte> message = [];
        var buffer = new byte[4096];
        while (true)
        {
            ValueWebSocketReceiveResult result = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return received;
            }

            message.AddRange(buffer.AsSpan(0, result.Count));
            if (result.EndOfMessage)
            {
                received.Add((result.MessageType, Convert.ToHexString([.. message])));
                message.Clear();
            }
        }
    }

    private static (WebSocketMessageType Type, byte[] Message) RandomMessage(Random random)
    {
        int size = random.Next(10) switch
        {
            0 => 0,
            1 => random.Next(124, 129),
            2 => random.Next(65533, 65539),
            3 => random.Next(1, 100_000),
            _ => random.Next(1, 300),
        };
        if (random.Next(2) == 0)
        {
            var bytes = new byte[size];
            random.NextBytes(bytes);
            return (WebSocketMessageType.Binary, bytes);
        }

        string[] characters = ["a", "é", "€", "😀"];
        IEnumerable<string> text = Enumerable.Range(0, size).Select(_ => characters[random.Next(characters.Length)]);
        return (WebSocketMessageType.Text, System.Text.Encoding.UTF8.GetBytes(string.Concat(text)));
    }

    private static IEnumerable<int> RandomCuts(Random random, int length, int most) =>
        Enumerable.Range(0, random.Next(most + 1)).Select(_ => random.Next(length + 1)).Order();

    private static IEnumerable<Range> RandomPieces(Random random, int length, int most)
    {
        int start = 0;
        foreach (int end in RandomCuts(random, length, most - 1).Where(cut => cut < length).Append(length))
        {
            yield return start..end;
            start = end;
        }
    }
}
