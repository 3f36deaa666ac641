using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

/// <summary>Every first byte of a header, in every state, against the rules of RFC 6455 §5 listed one by one.</summary>
public class MessageReaderRulesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_EveryHeader_IsRefusedExactlyWhenARuleIsBroken(bool peerIsClient)
    {
        for (int first = 0; first < 256; first++)
        {
            foreach (int length in new[] { 0, 1, 125, 126, 65536 })
            {
                foreach (bool masked in new[] { false, true })
                {
                    foreach (int? began in new int?[] { null, Wire.Text, Wire.Binary })
                    {
                        Check(peerIsClient, first, length, masked, began);
                    }
                }
            }
        }
    }

    private static void Check(bool peerIsClient, int first, int length, bool masked, int? began)
    {
        bool fin = first >= 128;
        int reserved = first / 16 % 8;
        int opcode = first % 16;
        byte[] start = began is null ? [] : Frame(peerIsClient, began.Value, [0x41], fin: false, 0);
        byte[] payload = opcode == Wire.Close && length > 1
            ? [0x03, 0xE8, .. Enumerable.Repeat((byte)0x61, length - 2)]
            : [.. Enumerable.Repeat((byte)0x61, length)];
        byte[] stream = [.. start, .. Frame(masked, opcode, payload, fin, reserved)];

        List<ProtocolViolation> broken =
            Broken(fin, reserved, opcode, length, began is not null, masked, peerIsClient);
        var limits = new MessageLimits { MaxMessageBytes = 70_000 };
        List<Happening> seen = new Reading { PeerIsClient = peerIsClient, Limits = limits }.Whole(stream);

        string what = $"first byte {first:X2}, {length} bytes, masked {masked}, within {began}";
        if (broken.Count > 0)
        {
            Assert.True(seen.Count == 1 && broken.Contains(seen[0].Violation!), what);
            return;
        }

        bool ends = fin || opcode >= 8;
        Assert.True(seen.Count == (ends ? 1 : 0), what);
        if (ends)
        {
            int type = opcode == Wire.Continuation ? began!.Value : opcode;
            Assert.Equal(StatusOf(type), seen[0].Status);
            byte[] before = opcode == Wire.Continuation ? [0x41] : [];
            Assert.Equal(Convert.ToHexString([.. before, .. payload]), seen[0].Payload);
        }
    }

    private static List<ProtocolViolation> Broken(
        bool fin, int reserved, int opcode, int length, bool midMessage, bool masked, bool peerIsClient)
    {
        bool control = opcode >= 8;
        List<(bool Broken, ProtocolViolation Rule)> rules =
        [
            (reserved != 0, ProtocolViolation.ReservedBits),
            (opcode is (>= 3 and <= 7) or >= 11, ProtocolViolation.ReservedOpcode),
            (peerIsClient && !masked, ProtocolViolation.NotMasked),
            (!peerIsClient && masked, ProtocolViolation.Masked),
            (control && !fin, ProtocolViolation.FragmentedControl),
            (control && length > 125, ProtocolViolation.LongControl),
            (opcode == 8 && length == 1, ProtocolViolation.ClosePayload),
            (opcode == 0 && !midMessage, ProtocolViolation.StrayContinuation),
            (opcode is 1 or 2 && midMessage, ProtocolViolation.UnfinishedMessage),
        ];
        return [.. rules.Where(rule => rule.Broken).Select(rule => rule.Rule)];
    }

    private static ReadStatus StatusOf(int opcode) => opcode switch
    {
        Wire.Text => ReadStatus.Text,
        Wire.Binary => ReadStatus.Binary,
        Wire.Close => ReadStatus.Close,
        Wire.Ping => ReadStatus.Ping,
        _ => ReadStatus.Pong,
    };

    private static byte[] Frame(bool masked, int opcode, byte[] payload, bool fin, int reserved) =>
        masked ? Wire.Client(opcode, payload, fin, reserved) : Wire.Server(opcode, payload, fin, reserved);
}
