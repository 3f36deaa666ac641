using System.IO.Compression;
using System.Text;
using Switchboard.Load.WebSockets;

namespace Switchboard.Load.Attacks;

/// <summary>All attacks.</summary>
internal static class AttackList
{
    private const uint Key = 0x01020304;
    private const string Attacking = "/ws?user=mallory";
    private const int MostSlow = 2_000;

    // Whatever is published to hooked rooms is asked of an application that never answers.
    private const string Hooked =
        "--Switchboard:Webhooks:Endpoints:0:Url={sink} --Switchboard:Webhooks:Endpoints:0:Events:0=publish"
        + " --Switchboard:Webhooks:Endpoints:0:Rooms=hooked* --Switchboard:Webhooks:Endpoints:0:Secret=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private static readonly byte[] _pings = Repeat(ClientFrame.Create(Opcode.Ping, new byte[125], Key), 50);
    private static readonly byte[] _fragments = [0x01, 0x80, 1, 2, 3, 4, .. Repeat([0x00, 0x80, 1, 2, 3, 4], 2_000)];
    private static readonly byte[] _bomb = Bomb();
    private static readonly byte[] _nested = Text(string.Concat(Enumerable.Repeat("[", 100_000)));
    private static readonly byte[] _connect = Text("""{"type":"connect"}""");
    private static readonly byte[] _publish = Text("""{"type":"publish","id":9,"room":"hooked","data":1}""");

    public static IReadOnlyList<Attack> All { get; } =
    [
        new("slow-heads", 500, SinkAnswer.Refuse, SlowHead),
        new("slow-frames", 500, SinkAnswer.Swallow, SlowFrame),
        new("handshakes", 500, SinkAnswer.Refuse, attacker => attacker.TryVisit(Attacking, "", _ => { })),
        new("pings", 200, SinkAnswer.Swallow, attacker => attacker.Connected("mallory")?.Send(_pings)),
        new("fragments", 50, SinkAnswer.Close, attacker => attacker.Connected("mallory")?.Send(_fragments)),
        new("bombs", 10, SinkAnswer.Close, attacker => attacker.TryVisit(
            Attacking, "Sec-WebSocket-Extensions: permessage-deflate\r\n", socket => Explode(attacker, socket))),
        new("nested-json", 50, SinkAnswer.Swallow, attacker => attacker.Connected("mallory")?.Send(_nested)),
        new("colliding-names", 200, SinkAnswer.Swallow, CollidingNames),
        new("guessed-tokens", 400, SinkAnswer.Swallow, attacker => attacker.Connected("mallory")?.Send(Text(
            $$"""{"type":"connect","resume":"{{attacker.Steps:D22}}.{{0:D22}}"}"""))),
        new("silent-webhook", 200, SinkAnswer.Swallow, AskedPublish, Hooked),
    ];

    /// <summary>The attack of a name; throws where there is none.</summary>
    public static Attack Find(string name) => All.FirstOrDefault(attack => attack.Name == name)
        ?? throw new LoadException($"an attack is one of {string.Join(", ", All.Select(attack => attack.Name))}");

    // What is answered was refused; what is not, waits.
    private static void SlowHead(Attacker attacker)
    {
        if (attacker.Kept.Count < MostSlow)
        {
            attacker.Keep().Send("GET /ws?user=mallory HTTP/1.1\r\nHost:"u8);
        }

        var socket = attacker.Kept[attacker.Steps / 2 % attacker.Kept.Count];
        if (socket.Read() is { } answer && answer != "ended")
        {
            attacker.Count(answer);
        }
    }

    // A hundred sockets, each with a message of which a byte comes now and then.
    private static void SlowFrame(Attacker attacker)
    {
        if (attacker.Kept.Count < 100)
        {
            var socket = attacker.Keep();
            attacker.Count(socket.Upgrade(Attacking, ""));
            socket.Send([.. _connect, .. Text(new string(' ', 100_000)).AsSpan(0, 20)]);
            return;
        }

        attacker.Kept[attacker.Steps % 100].Send([0]);
    }

    private static void Explode(Attacker attacker, AttackSocket socket)
    {
        socket.Send(_bomb);
        string? end;
        while ((end = socket.Read(wait: true)) is null)
        {
        }

        attacker.Count(end);
    }

    // "Aa" and "BB" are alike under the hash of many libraries, and so are all words made of them.
    private static void CollidingNames(Attacker attacker)
    {
        if (attacker.Connected("mallory") is not { } socket)
        {
            return;
        }

        var name = string.Concat(Enumerable.Range(0, 16).Select(bit => (attacker.Steps >> bit & 1) == 0 ? "Aa" : "BB"));
        socket.Send([.. _connect, .. Text($$"""{"type":"join","room":"{{name}}"}""")]);
        if (attacker.Steps % 90 == 0)
        {
            // The next ones need a connection that is in no room.
            socket.Send(ClientFrame.Create(Opcode.Close, [0x03, 0xE8], Key));
        }
    }

    // Publishes of one connection wait for one another, so each asks on a socket of its own.
    private static void AskedPublish(Attacker attacker)
    {
        if (attacker.Kept.Count < 200)
        {
            var socket = attacker.Keep();
            attacker.Count(socket.Upgrade(Attacking, ""));
            socket.Send([.. _connect, .. Text("""{"type":"join","room":"hooked"}""")]);
        }

        attacker.Kept[attacker.Steps % attacker.Kept.Count].Send(_publish);
    }

    private static byte[] Text(string text) => ClientFrame.Create(Opcode.Text, Encoding.ASCII.GetBytes(text), Key);

    private static byte[] Repeat(byte[] frame, int count) => [.. Enumerable.Repeat(frame, count).SelectMany(each => each)];

    // A hundred megabytes of spaces, within the size of a message while they are packed.
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
            for (var i = 0; i < 100; i++)
            {
                deflate.Write(spaces);
            }
        }

        var frame = ClientFrame.Create(Opcode.Text, packed.ToArray(), Key);
        frame[0] |= 0x40;
        return frame;
    }
}
