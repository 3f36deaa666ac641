using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class FrameHeaderParserTests
{
    private static readonly byte[] Key = [0x01, 0x02, 0x83, 0xF4];

    public static TheoryData<long, int> Lengths() => new()
    {
        { 0, 7 }, { 1, 7 }, { 124, 7 }, { 125, 7 },
        { 126, 16 }, { 127, 16 }, { 255, 16 }, { 256, 16 }, { 65535, 16 },
        { 65536, 64 }, { 65537, 64 }, { int.MaxValue, 64 }, { 1L << 31, 64 }, { 1L << 32, 64 },
        { 1L << 62, 64 }, { long.MaxValue, 64 },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void TryRead_EveryPrefixOfHeader_NeedsMoreUntilItsLastByte(long payloadLength, int bits)
    {
        foreach (byte[]? key in new[] { null, Key })
        {
            byte[] wire = [.. Wire.Header(Wire.Binary, payloadLength, true, 0, key, bits)];
            for (int length = 0; length < wire.Length; length++)
            {
                Span<byte> prefix = wire.AsSpan(0, length);
                Assert.Equal(HeaderStatus.NeedMore, FrameHeaderParser.TryRead(prefix, out FrameHeader none));
                Assert.Equal(default, none);
            }

            // What follows the header does not matter to it.
            foreach (byte[] input in new byte[][] { wire, [.. wire, 0xFF, 0xFF] })
            {
                Assert.Equal(HeaderStatus.Done, FrameHeaderParser.TryRead(input, out FrameHeader header));
                Assert.Equal(payloadLength, header.PayloadLength);
                Assert.Equal(wire.Length, header.Length);
                Assert.Equal(wire.Length, FrameHeaderParser.LengthOf(wire[1]));
                Assert.Equal(key is not null, header.Masked);
                Assert.Equal(key is null ? 0u : 0xF4830201u, header.MaskingKey);
            }
        }
    }

    [Fact]
    public void TryRead_EveryFirstByte_YieldsItsFlagsAndOpcode()
    {
        for (int first = 0; first < 256; first++)
        {
            Assert.Equal(HeaderStatus.Done, FrameHeaderParser.TryRead([(byte)first, 0], out FrameHeader header));
            Assert.Equal(first >= 128, header.Fin);
            Assert.Equal(first / 16 % 8, header.ReservedBits);
            Assert.Equal(first / 64 % 2 == 1, header.Compressed);
            Assert.Equal(first % 16, (int)header.Opcode);
            Assert.Equal(first % 16 >= 8, header.IsControl);
        }
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(1, 16)]
    [InlineData(125, 16)]
    [InlineData(0, 64)]
    [InlineData(125, 64)]
    [InlineData(126, 64)]
    [InlineData(127, 64)]
    [InlineData(65535, 64)]
    [InlineData(long.MinValue, 64)]
    [InlineData(long.MinValue + 65536, 64)]
    [InlineData(-1, 64)]
    public void TryRead_LengthNotMinimalOrNegative_IsInvalid(long payloadLength, int bits)
    {
        foreach (byte[]? key in new[] { null, Key })
        {
            byte[] wire = [.. Wire.Header(Wire.Binary, payloadLength, true, 0, key, bits)];

            Assert.Equal(HeaderStatus.InvalidLength, FrameHeaderParser.TryRead(wire, out FrameHeader header));
            Assert.Equal(default, header);
        }
    }
}
