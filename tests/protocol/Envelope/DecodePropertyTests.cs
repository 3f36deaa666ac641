using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using FsCheck;
using FsCheck.Fluent;
using Switchboard.Protocol.Envelope;

namespace Switchboard.Protocol.Tests.Envelope;

public sealed class DecodePropertyTests
{
    private const string Alphabet = "{}[]\",:\\/ \n\t-+.0123456789eEuabcdftrnlsé😀\u0000\u2028";

    private static readonly string[] Seeds =
        [.. ((IEnumerable<object[]>)DecodeCommandTests.Valid).Select(row => (string)row[0])];

    private static readonly string?[] Codes = [null, "bad_json", "bad_frame", "bad_field", "bad_name", "unknown_command"];

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(3_000);

    [Fact]
    public void Decode_MutatedCommand_IsBadJsonExactlyWhereSystemTextJsonFails() =>
        Check(random => IsJudgedLikeSystemTextJson(Scramble(Encoding.UTF8.GetBytes(Seed(random)), random)));

    [Fact]
    public void Decode_RandomJsonText_IsBadJsonExactlyWhereSystemTextJsonFails() =>
        Check(random =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes($$"""{"x":{{RandomJson(random, depth: 0)}}}""");
            IsJudgedLikeSystemTextJson(bytes);
            IsJudgedLikeSystemTextJson(Scramble(bytes, random));
        });

    [Fact]
    public void Decode_CommandCutAnywhere_IsBadJson()
    {
        foreach (string seed in Seeds)
        {
            byte[] message = Encoding.UTF8.GetBytes(seed.TrimEnd());
            for (int length = 0; length < message.Length; length++)
            {
                Assert.Equal("bad_json", Decoded.From(message[..length], FrameKind.Text).Error?.Code);
            }
        }
    }

    [Fact]
    public void Decode_BinaryNoise_IsACommandOrAnError() =>
        Check(random =>
        {
            byte[] message = Scramble(Decoded.Frame(Seed(random), [1, 2, 3]), random);
            Assert.Contains(Decoded.From(message, FrameKind.Binary).Error?.Code, Codes);
        });

    [Fact]
    public void Decode_AnyIdAndRoom_ComeBackAsTheyWere() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<string>().Filter(name => name is not null),
            Gen.Choose(1, int.MaxValue).Select(id => (long)id * id % EnvelopeLimits.MaxInteger).ToArbitrary(),
            (name, id) =>
            {
                string room = name.Length > 40 ? name[..40] : name;
                string json = JsonSerializer.Serialize(new { room, type = "leave", id = Math.Max(id, 1) });
                Decoded decoded = Decoded.From(json);
                bool valid = room.Length > 0 && !room.EnumerateRunes().Any(Rune.IsControl);
                Assert.Equal(valid ? null : "bad_name", decoded.Error?.Code);
                Assert.Equal(Math.Max(id, 1), decoded.Error?.Id ?? decoded.Id);
                using var document = JsonDocument.Parse(json);
                Assert.Equal(valid ? document.RootElement.GetProperty("room").GetString() : "", decoded.Room);
            }).Check(Config);

    private static void Check(Action<System.Random> property) => Prop
        .ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => property(new System.Random(seed)))
        .Check(Config);

    private static string Seed(System.Random random) => Seeds[random.Next(Seeds.Length)];

    // System.Text.Json checks UTF-8 only when a string is read, and lets a document be anything.
    private static void IsJudgedLikeSystemTextJson(byte[] message)
    {
        bool valid = Utf8.IsValid(message);
        try
        {
            using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 64 });
            valid &= document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            valid = false;
        }

        Decoded decoded = Decoded.From(message, FrameKind.Text);
        Assert.Equal(!valid, decoded.Error is { Code: "bad_json" });
        Assert.Contains(decoded.Error?.Code, Codes);
        Assert.InRange(decoded.Error?.Id ?? 0, 0, EnvelopeLimits.MaxInteger);
    }

    // A few bytes are replaced, put in, taken out or doubled.
    private static byte[] Scramble(byte[] message, System.Random random)
    {
        List<byte> bytes = [.. message];
        for (int edits = random.Next(1, 4); edits > 0 && bytes.Count > 0; edits--)
        {
            int at = random.Next(bytes.Count);
            byte other = random.Next(8) == 0 ? (byte)random.Next(256) : (byte)Alphabet[random.Next(Alphabet.Length)];
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = other;
                    break;
                case 1:
                    bytes.Insert(at, other);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                default:
                    int length = random.Next(1, Math.Min(12, bytes.Count - at) + 1);
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }

    private static string RandomJson(System.Random random, int depth) => random.Next(depth > 4 ? 6 : 9) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-1000, 1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => random.Next(2) == 0 ? "-0" : "0.5e-7",
        4 => "1E+30",
        5 => "\"" + new[] { "", "a", "\\u00ff", "\\\"", "\\\\", "\\/", "é", "😀", "\\ud800" }[random.Next(9)] + "\"",
        6 => $"[{Repeat(random, () => $"{Gap(random)}{RandomJson(random, depth + 1)}{Gap(random)}")}]",
        _ => $"{{{Repeat(random, () => $"{Gap(random)}\"k\"{Gap(random)}:{RandomJson(random, depth + 1)}")}}}",
    };

    private static string Repeat(System.Random random, Func<string> make) =>
        string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => make()));

    private static string Gap(System.Random random) => new(' ', random.Next(2));
}
