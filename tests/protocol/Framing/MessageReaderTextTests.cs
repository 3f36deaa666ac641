using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

/// <summary>RFC 6455 §8.1, and Autobahn's "fail fast": text is refused with its first hopeless byte.</summary>
public class MessageReaderTextTests
{
    private static readonly byte[] Ok = [.. "κόσμε "u8];

    [Fact]
    public void Read_ValidText_IsTakenInOneFrameAndInFragmentsOfOneByte()
    {
        foreach (string sample in Utf8Samples.Valid)
        {
            byte[] text = [.. Ok, .. Convert.FromHexString(sample)];
            Happening expected = Happening.Of(ReadStatus.Text, text);

            new Reading().ExpectAtEverySplit(Wire.Client(Wire.Text, text), expected);
            new Reading().ExpectAtEverySplit(ByteFragments(text, ends: true), expected);
        }
    }

    [Fact]
    public void Read_InvalidOrCutText_IsAViolationInOneFrameAndInFragmentsOfOneByte()
    {
        foreach (string sample in Utf8Samples.Invalid.Concat(Utf8Samples.Cut))
        {
            byte[] text = [.. Ok, .. Convert.FromHexString(sample)];

            new Reading().ExpectAtEverySplit(Wire.Client(Wire.Text, text), Happening.Of(ProtocolViolation.Text));
            new Reading().ExpectAtEverySplit(ByteFragments(text, ends: true), Happening.Of(ProtocolViolation.Text));
        }
    }

    [Fact]
    public void Read_InvalidTextWithinFrame_IsRefusedWithItsFirstHopelessByte()
    {
        foreach (string sample in Utf8Samples.Invalid)
        {
            byte[] text = [.. Ok, .. Convert.FromHexString(sample), .. "a"u8];
            int viable = Utf8Grammar.ViableLength(text);

            // The frame announces more than comes, so that it never ends.
            byte[] frame = Wire.Client(Wire.Text, [.. text, .. new byte[60]]);
            const int HeaderLength = 6;
            Assert.Equal(HeaderLength + viable + 1, BytesUntilViolation(frame));

            const int FragmentLength = HeaderLength + 1;
            Assert.Equal(FragmentLength * (viable + 1), BytesUntilViolation(ByteFragments(text, ends: false)));
        }
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_AreTakenAsBinary()
    {
        foreach (string sample in Utf8Samples.Invalid.Concat(Utf8Samples.Cut))
        {
            byte[] bytes = Convert.FromHexString(sample);
            byte[] fragments = ByteFragments(bytes, ends: true);
            fragments[0] = (byte)(fragments[0] + Wire.Binary - Wire.Text);

            new Reading().ExpectAtEverySplit(fragments, Happening.Of(ReadStatus.Binary, bytes));
        }
    }

    [Fact]
    public void Read_TextCutAtTheEndOfOneMessage_DoesNotGoOnInTheNext()
    {
        byte[] stream = [.. Wire.Client(Wire.Text, [0xE2, 0x82]), .. Wire.Client(Wire.Text, [0xAC])];

        new Reading().ExpectAtEverySplit(stream, Happening.Of(ProtocolViolation.Text));
    }

    private static int BytesUntilViolation(byte[] stream)
    {
        var reader = new MessageReader(new MessageLimits());
        for (int i = 0; i < stream.Length; i++)
        {
            int position = 0;
            if (reader.Read(stream.AsSpan(i, 1), ref position, out _) == ReadStatus.Violation)
            {
                Assert.Equal(ProtocolViolation.Text, reader.Violation);
                return i + 1;
            }
        }

        return -1;
    }

    private static byte[] ByteFragments(byte[] text, bool ends) =>
    [
        .. text.SelectMany((b, i) => Wire.Client(
            i == 0 ? Wire.Text : Wire.Continuation, [b], fin: ends && i == text.Length - 1)),
    ];
}
