using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

/// <summary>A control frame, to be sent before the fragment with this index, counted round.</summary>
internal sealed record ScriptedControl(int Opcode, byte[] Payload, int Before);

/// <summary>A message with the places, in thousandths of its length, where it is fragmented.</summary>
internal sealed record ScriptedMessage(
    bool IsText, byte[] Payload, int[] Fragmentation, byte[] Key, ScriptedControl[] Controls);

/// <summary>
/// What a correct client sends, what is then to be read, and where, in thousandths, the stream is cut.
/// </summary>
internal sealed record Script(ScriptedMessage[] Messages, int[] Cuts)
{
    public static Arbitrary<Script> Arbitrary { get; } = Arb.From(Scripts(), Shrink);

    public static int[] Places(int[] thousandths, int length) =>
        [.. thousandths.Select(place => (int)((long)place * length / 1000)).Order()];

    public (byte[] Stream, List<Happening> Expected) Play()
    {
        List<byte> stream = [];
        List<Happening> expected = [];
        foreach (ScriptedMessage message in Messages)
        {
            int[] ends = [.. Places(message.Fragmentation, message.Payload.Length), message.Payload.Length];
            int start = 0;
            for (int i = 0; i < ends.Length; i++)
            {
                foreach (ScriptedControl control in message.Controls.Where(c => c.Before % ends.Length == i))
                {
                    stream.AddRange(Wire.Client(control.Opcode, control.Payload, key: message.Key));
                    expected.Add(Happening.Of(
                        control.Opcode == Wire.Ping ? ReadStatus.Ping : ReadStatus.Pong, control.Payload));
                }

                int opcode = i > 0 ? Wire.Continuation : message.IsText ? Wire.Text : Wire.Binary;
                bool fin = i == ends.Length - 1;
                stream.AddRange(Wire.Client(opcode, message.Payload[start..ends[i]], fin, 0, message.Key));
                start = ends[i];
            }

            expected.Add(Happening.Of(message.IsText ? ReadStatus.Text : ReadStatus.Binary, message.Payload));
        }

        return ([.. stream], expected);
    }

    private static Gen<Script> Scripts() =>
        from messages in MessageScripts().ArrayOf()
        from cuts in Thousandths()
        select new Script(messages, cuts);

    private static Gen<ScriptedMessage> MessageScripts() =>
        from payload in Gen.Frequency(
            (3, Texts().Select(text => (IsText: true, Bytes: text))),
            (3, Bytes().Select(bytes => (IsText: false, Bytes: bytes))))
        from fragmentation in Gen.Frequency((1, Gen.Constant(Array.Empty<int>())), (2, Thousandths()))
        from key in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(4)
        from controls in Controls().ArrayOf()
        select new ScriptedMessage(payload.IsText, payload.Bytes, fragmentation, key, controls);

    private static Gen<ScriptedControl> Controls() =>
        from opcode in Gen.Elements(Wire.Ping, Wire.Pong)
        from length in Gen.Choose(0, 125)
        from fill in Gen.Choose(0, 255)
        from before in Gen.Choose(0, 7)
        select new ScriptedControl(opcode, [.. Enumerable.Repeat((byte)fill, length)], before);

    private static Gen<byte[]> Texts() =>
        Gen.Elements("a", "\0", "é", "߿", "ࠀ", "€", "\uFFFD", "😀", "\U0010FFFF")
            .ArrayOf()
            .Select(parts => System.Text.Encoding.UTF8.GetBytes(string.Concat(parts)));

    private static Gen<byte[]> Bytes() =>
        from seed in Gen.Choose(0, int.MaxValue)
        from length in Gen.Frequency(
            (6, Gen.Choose(0, 300)), (2, Gen.Elements(124, 125, 126, 127)), (1, Gen.Elements(65535, 65536, 70_000)))
        select RandomBytes(seed, length);

    private static byte[] RandomBytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static Gen<int[]> Thousandths() => Gen.Choose(0, 1000).ArrayOf();

    private static IEnumerable<Script> Shrink(Script script)
    {
        for (int i = 0; i < script.Messages.Length; i++)
        {
            yield return script with { Messages = Without(script.Messages, i) };
        }

        for (int i = 0; i < script.Cuts.Length; i++)
        {
            yield return script with { Cuts = Without(script.Cuts, i) };
        }

        for (int i = 0; i < script.Messages.Length; i++)
        {
            ScriptedMessage message = script.Messages[i];
            if (message.Controls.Length > 0)
            {
                yield return With(script, i, message with { Controls = message.Controls[1..] });
            }

            if (message.Fragmentation.Length > 0)
            {
                yield return With(script, i, message with { Fragmentation = message.Fragmentation[1..] });
            }
        }
    }

    private static Script With(Script script, int index, ScriptedMessage message) =>
        script with { Messages = [.. script.Messages[..index], message, .. script.Messages[(index + 1)..]] };

    private static T[] Without<T>(T[] items, int index) => [.. items[..index], .. items[(index + 1)..]];
}
