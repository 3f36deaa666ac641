using System.Text;

namespace Switchboard.Protocol.Tests.Framing;

/// <summary>The oracle is itself held against the base library's strict decoder.</summary>
public class Utf8GrammarTests
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    [Fact]
    public void IsValid_AllOfUpToThreeBytes_AgreesWithStrictDecoder()
    {
        var text = new byte[3];
        for (int length = 1; length <= 2; length++)
        {
            for (int value = 0; value < 1 << (8 * length); value++)
            {
                text[0] = (byte)value;
                text[1] = (byte)(value >> 8);
                AssertAgrees(text.AsSpan(0, length));
            }
        }

        // The strict decoder throws, which is slow: of the third byte, only where rules change.
        byte[] edges = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF];
        for (int first = 0xE0; first <= 0xEF; first++)
        {
            foreach (byte second in edges)
            {
                foreach (byte third in edges)
                {
                    AssertAgrees([(byte)first, second, third]);
                }
            }
        }
    }

    [Fact]
    public void IsValid_EveryScalar_IsTrueAndSurrogatesAreNot()
    {
        Span<byte> text = stackalloc byte[4];
        for (int scalar = 0; scalar <= 0x10FFFF; scalar++)
        {
            bool surrogate = scalar is >= 0xD800 and <= 0xDFFF;
            int length = surrogate ? EncodeThree(scalar, text) : new Rune(scalar).EncodeToUtf8(text);
            Assert.Equal(!surrogate, Utf8Grammar.IsValid(text[..length]));
        }
    }

    [Fact]
    public void ViableLength_EveryPrefixOfBoundaryBytes_IsWhereSomeContinuationIsValid()
    {
        byte[] edges =
        [
            0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5,
            0xFF,
        ];
        byte[][] endings =
            [[], [0x80], [0xA0], [0x80, 0x80], [0xA0, 0x80], [0x90, 0x80, 0x80], [0x80, 0x80, 0x80]];
        foreach (byte first in edges)
        {
            foreach (byte second in edges)
            {
                foreach (byte[] prefix in new byte[][] { [first], [first, second] })
                {
                    bool viable = endings.Any(ending => IsStrictlyValid([.. prefix, .. ending]));
                    Assert.Equal(viable, Utf8Grammar.ViableLength(prefix) == prefix.Length);
                }
            }
        }
    }

    private static int EncodeThree(int value, Span<byte> text)
    {
        text[0] = (byte)(0xE0 | (value >> 12));
        text[1] = (byte)(0x80 | ((value >> 6) & 0x3F));
        text[2] = (byte)(0x80 | (value & 0x3F));
        return 3;
    }

    private static void AssertAgrees(ReadOnlySpan<byte> text) =>
        Assert.True(IsStrictlyValid(text) == Utf8Grammar.IsValid(text), Convert.ToHexString(text));

    private static bool IsStrictlyValid(ReadOnlySpan<byte> text)
    {
        try
        {
            return Strict.GetCharCount(text) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
