using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class FrameHeaderWriterTests
{
    [Theory]
    [MemberData(nameof(FrameHeaderParserTests.Lengths), MemberType = typeof(FrameHeaderParserTests))]
    public void Write_AnyLength_TakesTheFewestBytes(long payloadLength, int bits)
    {
        var destination = new byte[10];

        int written = FrameHeaderWriter.Write(destination, Opcode.Text, payloadLength);

        Assert.Equal(Wire.Header(Wire.Text, payloadLength, true, 0, null, bits), destination[..written]);
        Assert.Equal(written, FrameHeaderWriter.LengthFor(payloadLength));
    }

    [Theory]
    [MemberData(nameof(FrameHeaderParserTests.Lengths), MemberType = typeof(FrameHeaderParserTests))]
    public void WriteMasked_AnyLength_EndsWithTheKey(long payloadLength, int bits)
    {
        var destination = new byte[FrameHeader.MaxLength];

        int written = FrameHeaderWriter.WriteMasked(destination, Opcode.Binary, payloadLength, 0xF4830201);

        Assert.Equal(
            Wire.Header(Wire.Binary, payloadLength, true, 0, [0x01, 0x02, 0x83, 0xF4], bits), destination[..written]);
        Assert.Equal(written, FrameHeaderWriter.LengthFor(payloadLength) + 4);
    }

    [Fact]
    public void Write_EveryOpcodeAndFlag_SetsTheirBits()
    {
        var destination = new byte[FrameHeader.MaxLength];
        foreach (Opcode opcode in Enum.GetValues<Opcode>())
        {
            for (int flags = 0; flags < 4; flags++)
            {
                (bool fin, bool compressed) = (flags >= 2, flags % 2 == 1);
                int first = (fin ? 128 : 0) + (compressed ? 64 : 0) + (int)opcode;

                Assert.Equal(2, FrameHeaderWriter.Write(destination, opcode, 5, fin, compressed));
                Assert.Equal([(byte)first, 5], destination[..2]);
                Assert.Equal(6, FrameHeaderWriter.WriteMasked(destination, opcode, 5, 0x0D0C0B0A, fin, compressed));
                Assert.Equal([(byte)first, 133, 0x0A, 0x0B, 0x0C, 0x0D], destination[..6]);
            }
        }
    }
}
