using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class MessageReaderViolationTests
{
    private static readonly byte[] Key = [1, 2, 3, 4];

    [Fact]
    public void Read_EveryViolation_HasItsCodeAtEverySplitAfterWhatCameBefore()
    {
        Expect(1002, ProtocolViolation.ReservedBits, Wire.Client(Wire.Text, [], reserved: 4));
        Expect(1002, ProtocolViolation.ReservedBits, Wire.Client(Wire.Ping, [], reserved: 1));
        Expect(1002, ProtocolViolation.ReservedOpcode, Wire.Client(3, [1]));
        Expect(1002, ProtocolViolation.ReservedOpcode, Wire.Client(0xB, [1]));
        Expect(1002, ProtocolViolation.NotMasked, Wire.Server(Wire.Text, [0x61]));
        Expect(1002, ProtocolViolation.Length, [.. Wire.Header(Wire.Binary, 125, true, 0, Key, 16)]);
        Expect(1002, ProtocolViolation.Length, [.. Wire.Header(Wire.Binary, 65535, true, 0, Key, 64)]);
        Expect(1002, ProtocolViolation.Length, [.. Wire.Header(Wire.Binary, long.MinValue, true, 0, Key, 64)]);
        Expect(1002, ProtocolViolation.FragmentedControl, Wire.Client(Wire.Ping, [1], fin: false));
        Expect(1002, ProtocolViolation.LongControl, Wire.Client(Wire.Ping, new byte[126]));
        Expect(1002, ProtocolViolation.LongControl, [.. Wire.Header(Wire.Close, 1L << 40, true, 0, Key)]);
        Expect(1002, ProtocolViolation.StrayContinuation, Wire.Client(Wire.Continuation, [0x61]));
        Expect(
            1002,
            ProtocolViolation.UnfinishedMessage,
            [.. Wire.Client(Wire.Text, [0x61], fin: false), .. Wire.Client(Wire.Text, [0x61])]);
        Expect(
            1002,
            ProtocolViolation.ReservedBits,
            [.. Wire.Client(Wire.Text, [0x61], fin: false), .. Wire.Client(Wire.Continuation, [0x61], reserved: 4)]);
        Expect(1002, ProtocolViolation.ClosePayload, Wire.Client(Wire.Close, [0x03]));
        Expect(1007, ProtocolViolation.CloseReason, Wire.Client(Wire.Close, [0x03, 0xE8, 0xC3]));
        Expect(1007, ProtocolViolation.Text, Wire.Client(Wire.Text, [0x61, 0xFF, 0x61]));
        Expect(1007, ProtocolViolation.Text, Wire.Client(Wire.Text, [0x61, 0xC3]));
        Expect(1009, ProtocolViolation.MessageTooBig, Wire.Client(Wire.Text, new byte[201]));
        Expect(1009, ProtocolViolation.MessageTooBig, [.. Wire.Header(Wire.Text, 250, true, 0, Key)]);
        Expect(1009, ProtocolViolation.FrameTooBig, [.. Wire.Header(Wire.Text, 251, true, 0, Key)]);
        Expect(1009, ProtocolViolation.FrameTooBig, [.. Wire.Header(Wire.Text, long.MaxValue, true, 0, Key)]);
        Expect(
            1008,
            ProtocolViolation.TooManyFragments,
            [
                .. Wire.Client(Wire.Text, [], fin: false),
                .. Wire.Client(Wire.Continuation, [], fin: false),
                .. Wire.Client(Wire.Continuation, [], fin: false),
                .. Wire.Client(Wire.Continuation, []),
            ]);
    }

    [Fact]
    public void Read_FrameOfServerThatIsMasked_IsAViolation() =>
        new Reading { PeerIsClient = false }.ExpectAtEverySplit(
            Wire.Client(Wire.Text, [0x61]), Happening.Of(ProtocolViolation.Masked));

    [Fact]
    public void Read_EveryCloseCode_IsRefusedWhenItMayNotBeSent()
    {
        var reading = new Reading();
        for (int code = 0; code <= ushort.MaxValue; code++)
        {
            byte[] frame = Wire.CloseFrame(code, "x");
            Happening expected = CloseCode.MayBeSent(code)
                ? Happening.Of(ReadStatus.Close, Wire.ClosePayload(code, "x"))
                : Happening.Of(ProtocolViolation.CloseStatus);
            Assert.Equal(expected, Assert.Single(reading.Whole(frame)));
        }
    }

    [Fact]
    public void Violation_OfEachKind_HasTheCodeOfTheRfc()
    {
        foreach (ProtocolViolation violation in Violations.All)
        {
            int expected =
                violation == ProtocolViolation.Text || violation == ProtocolViolation.CloseReason
                    || violation == ProtocolViolation.Compression ? 1007
                : violation == ProtocolViolation.FrameTooBig || violation == ProtocolViolation.MessageTooBig ? 1009
                : violation == ProtocolViolation.TooManyFragments ? 1008
                : 1002;
            Assert.Equal(expected, violation.Code);
        }
    }

    private static void Expect(int code, ProtocolViolation violation, byte[] wrong)
    {
        Assert.Equal(code, violation.Code);
        var reading = new Reading
        {
            Limits = new MessageLimits { MaxMessageBytes = 200, MaxFrameBytes = 250, MaxFragments = 3 },
        };
        Happening last = Happening.Of(violation);
        reading.ExpectAtEverySplit([.. wrong], last);
        reading.ExpectAtEverySplit(
            [
                .. Wire.Client(Wire.Ping, [1]),
                .. Wire.Client(Wire.Text, [0x61, 0x62]),
                .. wrong,
                .. Wire.Client(Wire.Ping, [2]),
            ],
            Happening.Of(ReadStatus.Ping, 1),
            Happening.Of(ReadStatus.Text, 0x61, 0x62),
            last);
    }
}
