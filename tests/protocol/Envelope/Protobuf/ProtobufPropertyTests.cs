using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;

namespace Switchboard.Protocol.Tests.Envelope.Protobuf;

public sealed class ProtobufPropertyTests
{
    private static readonly ProtobufEnvelopeCodec Codec = new();

    private static readonly byte[][] Seeds =
    [
        .. ((IEnumerable<object[]>)ProtobufCommandTests.Commands).Select(row =>
        {
            using var document = JsonDocument.Parse((string)row[0]);
            return CommandDocument.ToMessage(document.RootElement).ToByteArray();
        }),
    ];

    private static readonly string[] Codes = ["bad_json", "bad_frame", "bad_field", "bad_name", "unknown_command"];

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(5_000);

    [Fact]
    public void Decode_EverySeed_AgreesWithTheGeneratedClasses() => Assert.All(Seeds, IsJudgedLikeTheLibrary);

    [Fact]
    public void Decode_CommandCutAnywhere_AgreesWithTheGeneratedClasses()
    {
        foreach (byte[] seed in Seeds)
        {
            for (int length = 0; length < seed.Length; length++)
            {
                IsJudgedLikeTheLibrary(seed[..length]);
            }
        }
    }

    [Fact]
    public void Decode_MutatedCommand_AgreesWithTheGeneratedClasses() =>
        Check(random => IsJudgedLikeTheLibrary(Scramble(Seeds[random.Next(Seeds.Length)], random)));

    [Fact]
    public void Decode_Noise_AgreesWithTheGeneratedClasses() => Check(random =>
    {
        byte[] noise = new byte[random.Next(40)];
        random.NextBytes(noise);
        IsJudgedLikeTheLibrary(noise);
    });

    [Fact]
    public void Decode_AnyIdRoomAndData_ComeBackAsTheyWere() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>().Filter(name => name is not null && IsUnicode(name)),
        ArbMap.Default.ArbFor<ulong>(),
        ArbMap.Default.ArbFor<byte[]>().Filter(bytes => bytes is not null),
        (name, number, data) =>
        {
            string room = name.Length > 40 && IsUnicode(name[..40]) ? name[..40] : name;
            ulong id = number % (ulong)EnvelopeLimits.MaxInteger;
            var publish = new V1.PublishCommand { Room = room, Binary = ByteString.CopyFrom(data) };
            Decoded decoded = ProtobufCommandTests.Decode(new V1.ClientMessage { Id = id, Publish = publish });
            bool valid = room.Length > 0 && Encoding.UTF8.GetByteCount(room) <= 128 && !room.EnumerateRunes().Any(Rune.IsControl);
            Assert.Equal(valid ? null : "bad_name", decoded.Error?.Code);
            Assert.Equal((long)id, decoded.Error?.Id ?? decoded.Id);
            Assert.Equal(valid ? room : "", decoded.Room);
            Assert.Equal(valid ? data : [], decoded.Data);
        }).Check(Config);

    private static bool IsUnicode(string text) =>
        text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static void Check(Action<System.Random> property) => Prop
        .ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => property(new System.Random(seed)))
        .Check(Config);

    // What the library can't read is refused; what is read, the library reads alike. In between, the codec is stricter.
    private static void IsJudgedLikeTheLibrary(byte[] bytes)
    {
        V1.ClientMessage? message = ProtobufOracle.Parse(bytes, out string fault);
        bool decoded = Codec.TryDecode(bytes, FrameKind.Binary, default, out Command command, out ErrorEvent error);
        if (decoded)
        {
            // A text that is not UTF-8 and that counts for nothing, as another follows, is not looked at.
            Assert.True(message is not null || fault.Contains("UTF-8", StringComparison.Ordinal), fault);
            Assert.Null(message is null ? null : ProtobufOracle.Differs(message, command));
        }
        else
        {
            Assert.Contains(error.Code, Codes);
            Assert.InRange(error.Id, 0, EnvelopeLimits.MaxInteger);
            Assert.NotEmpty(error.Message);
        }
    }

    // A few bytes are replaced, put in, taken out or doubled.
    private static byte[] Scramble(byte[] message, System.Random random)
    {
        List<byte> bytes = [.. message];
        for (int edits = random.Next(1, 4); edits > 0 && bytes.Count > 0; edits--)
        {
            int at = random.Next(bytes.Count);
            byte other = (byte)(random.Next(2) == 0 ? random.Next(256) : (random.Next(16) << 3) | random.Next(6));
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
}
