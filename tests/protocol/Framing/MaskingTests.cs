using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class MaskingTests
{
    private const int MaxLength = 300;
    private const uint Key = 0x3D21FA37;

    private static readonly byte[] KeyBytes = [0x37, 0xFA, 0x21, 0x3D];

    [Fact]
    public void Apply_EveryLengthOffsetAndRotation_IsTheNaiveLoop()
    {
        for (int rotation = 0; rotation < 4; rotation++)
        {
            byte[] key = [.. KeyBytes[rotation..], .. KeyBytes[..rotation]];
            for (int offset = 0; offset < 4; offset++)
            {
                for (int length = 0; length <= MaxLength; length++)
                {
                    byte[] data = Counting(offset + length + 1);
                    byte[] expected = [.. data];
                    Naive(expected.AsSpan(offset, length), key);

                    uint next = Masking.Apply(data.AsSpan(offset, length), BitConverter.ToUInt32(key));

                    // Also that it stays within the span.
                    Assert.True(expected.AsSpan().SequenceEqual(data), $"{length} bytes at {offset}, key {rotation}");
                    Assert.Equal(KeyBytes[(rotation + length) % 4], (byte)next);
                }
            }
        }
    }

    [Fact]
    public void Apply_InTwoPieces_IsTheSameAsWhole()
    {
        for (int length = 0; length <= MaxLength; length += length < 140 ? 1 : 16)
        {
            byte[] whole = Counting(length);
            uint expectedNext = Masking.Apply(whole, Key);
            for (int cut = 0; cut <= length; cut++)
            {
                byte[] data = Counting(length);

                uint between = Masking.Apply(data.AsSpan(0, cut), Key);
                uint next = Masking.Apply(data.AsSpan(cut), between);

                Assert.True(whole.AsSpan().SequenceEqual(data), $"{length} bytes cut at {cut}");
                Assert.Equal(expectedNext, next);
            }
        }
    }

    [Fact]
    public void Apply_ByteByByte_IsTheSameAsWhole()
    {
        byte[] whole = Counting(MaxLength);
        Masking.Apply(whole, Key);
        byte[] data = Counting(MaxLength);
        uint key = Key;

        for (int i = 0; i < data.Length; i++)
        {
            key = Masking.Apply(data.AsSpan(i, 1), key);
        }

        Assert.Equal(whole, data);
    }

    [Fact]
    public void Apply_Twice_RestoresTheData()
    {
        byte[] data = Counting(MaxLength);

        Masking.Apply(data, Key);
        Masking.Apply(data, Key);

        Assert.Equal(Counting(MaxLength), data);
    }

    // RFC 6455 §5.7, "a single-frame masked text message".
    [Fact]
    public void Apply_ExampleOfTheRfc_IsHello()
    {
        byte[] data = [0x7F, 0x9F, 0x4D, 0x51, 0x58];

        Masking.Apply(data, Key);

        Assert.Equal("Hello"u8.ToArray(), data);
    }

    private static byte[] Counting(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 7) + 3))];

    private static void Naive(Span<byte> data, byte[] key)
    {
        for (int i = 0; i < data.Length; i++)
        {
            data[i] ^= key[i % 4];
        }
    }
}
