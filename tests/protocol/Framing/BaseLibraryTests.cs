using System.Net.WebSockets;
using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

/// <summary>An oracle of another make: the base library's WebSocket, in both roles and directions.</summary>
public class BaseLibraryTests
{
    private const int Sequences = 60;

    public enum Compression
    {
        None,
        EachMessage,
        ContextTakeover,
    }

    [Theory]
    [InlineData(true, Compression.None)]
    [InlineData(false, Compression.None)]
    [InlineData(true, Compression.EachMessage)]
    [InlineData(true, Compression.ContextTakeover)]
    [InlineData(false, Compression.ContextTakeover)]
    public async Task MessageReader_WhatBaseLibraryWrote_ReadsTheSame(bool peerIsClient, Compression compression)
    {
        var random = new Random((peerIsClient ? 1 : 2) + (int)compression);
        for (int sequence = 0; sequence < Sequences; sequence++)
        {
            using var wire = new Duplex([]);
            using WebSocket socket = Socket(wire, isServer: !peerIsClient, compression);
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
            byte[] stream = wire.Outgoing;
            Assert.Equal(sent, Read(stream, []));
            Assert.Equal(sent, Read(stream, RandomCuts(random, stream.Length, 10)));
        }

        List<Happening> Read(byte[] stream, IEnumerable<int> cuts)
        {
            using var source = new CountingSource(compression == Compression.ContextTakeover);
            var reading = new Reading
            {
                PeerIsClient = peerIsClient,
                Limits = new MessageLimits { MaxMessageBytes = 1 << 20 },
                Inflaters = compression == Compression.None ? null : source,
            };
            return reading.Cut(stream, cuts);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task BaseLibrary_WhatFrameHeaderWriterWrote_ReadsTheSame(bool asClient, bool compressed)
    {
        var random = new Random((asClient ? 3 : 4) + (compressed ? 2 : 0));
        using var deflater = new MessageDeflater(contextTakeover: false);
        for (int sequence = 0; sequence < Sequences; sequence++)
        {
            List<byte> stream = [];
            List<(WebSocketMessageType Type, string Payload)> sent = [];
            for (int count = random.Next(6); count >= 0; count--)
            {
                (WebSocketMessageType type, byte[] message) = RandomMessage(random);
                sent.Add((type, Convert.ToHexString(message)));
                Opcode opcode = type == WebSocketMessageType.Text ? Opcode.Text : Opcode.Binary;
                bool deflated = compressed && random.Next(3) > 0;
                byte[] payload = deflated ? Deflate(deflater, message) : message;
                foreach (Range fragment in RandomPieces(random, payload.Length, 4))
                {
                    bool last = fragment.End.Value == payload.Length;
                    bool rsv1 = deflated && opcode != Opcode.Continuation;
                    AddFrame(stream, random, asClient, opcode, payload[fragment], last, rsv1);
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
            using WebSocket socket = Socket(wire, asClient, compressed ? Compression.EachMessage : Compression.None);
            Assert.Equal(sent, await ReceiveAll(socket));
            Assert.Equal(3001, (int)socket.CloseStatus!);
            Assert.Equal("gone", socket.CloseStatusDescription);
        }
    }

    private static WebSocket Socket(Stream wire, bool isServer, Compression compression) => WebSocket.CreateFromStream(
        wire,
        new WebSocketCreationOptions
        {
            IsServer = isServer,
            KeepAliveInterval = TimeSpan.Zero,
            DangerousDeflateOptions = compression == Compression.None ? null : new WebSocketDeflateOptions
            {
                ClientContextTakeover = compression == Compression.ContextTakeover,
                ServerContextTakeover = compression == Compression.ContextTakeover,
            },
        });

    private static byte[] Deflate(MessageDeflater deflater, byte[] message)
    {
        using var output = new PooledBuffer();
        deflater.Compress(message, output);
        return output.Written.ToArray();
    }

    private static void AddFrame(
        List<byte> stream,
        Random random,
        bool asClient,
        Opcode opcode,
        byte[] payload,
        bool fin,
        bool compressed = false)
    {
        var header = new byte[FrameHeader.MaxLength];
        int length;
        if (asClient)
        {
            uint key = (uint)random.NextInt64(1L << 32);
            length = FrameHeaderWriter.WriteMasked(header, opcode, payload.Length, key, fin, compressed);
            payload = [.. payload];
            Masking.Apply(payload, key);
        }
        else
        {
            length = FrameHeaderWriter.Write(header, opcode, payload.Length, fin, compressed);
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
