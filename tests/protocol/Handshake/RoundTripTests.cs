using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Deflate;
using Switchboard.Protocol.Handshake;

namespace Switchboard.Protocol.Tests.Handshake;

public sealed class RoundTripTests
{
    private static readonly Gen<List<string>> Subprotocols =
        from shuffled in Gen.Shuffle(new[] { "chat", "superchat", "v2.chat" })
        from count in Gen.Choose(0, 3)
        select shuffled.Take(count).ToList();

    private static readonly Gen<DeflateOptions> Deflate =
        from enabled in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from serverTakeover in Gen.Elements(false, true)
        from clientTakeover in Gen.Elements(false, true)
        from serverBits in Gen.Choose(9, 15)
        from clientBits in Gen.Choose(9, 15)
        select new DeflateOptions
        {
            Enabled = enabled,
            AllowServerContextTakeover = serverTakeover,
            AllowClientContextTakeover = clientTakeover,
            MaxServerWindowBits = serverBits,
            MaxClientWindowBits = clientBits,
        };

    private static readonly Gen<ClientHandshakeOptions> Clients =
        from host in Gen.Elements("a.example", "127.0.0.1:8080", "[::1]:1")
        from target in Gen.Elements("/", "/chat", "/r%C3%A4um?token=a%20b")
        from subprotocols in Subprotocols
        from deflate in Deflate
        from origin in Gen.Elements(null, "https://a.example", "https://b.example")
        select new ClientHandshakeOptions
        {
            Host = host,
            Target = target,
            Subprotocols = subprotocols,
            Deflate = deflate,
            Origin = origin,
            Headers = [new("X-Token", "t")],
        };

    private static readonly Gen<HandshakeOptions> Servers =
        from subprotocols in Subprotocols
        from deflate in Deflate
        from min in Gen.Elements(9, 15)
        from mismatch in Gen.Elements(SubprotocolMismatch.Refuse, SubprotocolMismatch.AcceptWithout)
        select new HandshakeOptions
        {
            Origins = new OriginPolicy(["https://a.example"]),
            Subprotocols = subprotocols,
            Deflate = deflate,
            MinServerWindowBits = min,
            OnSubprotocolMismatch = mismatch,
        };

    [Fact]
    public void Handshake_ClientToServerAndBack_BothAgree()
    {
        var cases =
            from client in Clients
            from server in Servers
            from nonce in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(16)
            select (client, server, nonce);
        Prop.ForAll(cases.ToArbitrary(), c => Agrees(c.client, c.server, c.nonce))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static bool Agrees(ClientHandshakeOptions options, HandshakeOptions server, byte[] nonce)
    {
        ClientHandshake client = new(options, nonce);
        ArrayBufferWriter<byte> request = new();
        client.WriteRequest(request);

        RequestHeadResult parsed = Heads.Parse(new ReadOnlySequence<byte>(request.WrittenMemory));
        RequestHead head = parsed.Head!;
        HandshakeResult result = ServerHandshake.Evaluate(head, server);
        ArrayBufferWriter<byte> answer = new();
        if (result.IsAccepted)
        {
            HandshakeResponse.Write(answer, result.Acceptance);
        }
        else
        {
            HandshakeResponse.Write(answer, result.Refusal);
        }

        ClientHandshakeResult read = client.ReadResponse(new ReadOnlySequence<byte>(answer.WrittenMemory));

        List<string> common = [.. options.Subprotocols.Intersect(server.Subprotocols)];
        bool mismatch = options.Subprotocols.Count > 0 && common.Count == 0;
        int expected = options.Origin == "https://b.example" ? 403
            : mismatch && server.OnSubprotocolMismatch == SubprotocolMismatch.Refuse ? 400
            : 101;
        bool opened = read.Status == HeadParseStatus.Done;
        return parsed.Consumed == request.WrittenCount
            && head.Target == options.Target
            && head.Host.ToString() == options.Host
            && head.Header("x-token") == "t"
            && read.Head!.StatusCode == expected
            && opened == (expected == 101)
            && (!opened || read.Consumed == answer.WrittenCount)
            && (!opened || read.Subprotocol == common.FirstOrDefault())
            && (!opened || read.Subprotocol == result.Acceptance!.Subprotocol)
            && (!opened || read.Deflate == result.Acceptance!.Deflate);
    }
}
