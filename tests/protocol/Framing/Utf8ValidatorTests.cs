using Switchboard.Protocol.Framing;

namespace Switchboard.Protocol.Tests.Framing;

public class Utf8ValidatorTests
{
    // Every byte at which some rule of the grammar begins or ends.
    private static readonly byte[] Edges =
    [
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF,
    ];

    [Fact]
    public void Append_EveryFourBytesAtEverySplit_RefusesWithTheFirstHopelessByte()
    {
        var text = new byte[4];
        foreach (byte first in Edges)
        {
            foreach (byte second in Edges)
            {
                foreach (byte third in Edges)
                {
                    foreach (byte fourth in Edges)
                    {
                        (text[0], text[1], text[2], text[3]) = (first, second, third, fourth);
                        AssertAtEverySplit(text);
                    }
                }
            }
        }
    }

    [Fact]
    public void Append_ClassicCases_AgreesWithGrammarAtEverySplitInContext()
    {
        foreach (string sample in Utf8Samples.Valid.Concat(Utf8Samples.Invalid).Concat(Utf8Samples.Cut))
        {
            byte[] bytes = Convert.FromHexString(sample);
            foreach (byte[] text in new byte[][]
            {
                bytes,
                [.. "before"u8, .. bytes],
                [.. bytes, .. "after"u8],
                [.. "é€😀"u8, .. bytes, .. "😀€é"u8],
                [.. Enumerable.Repeat((byte)'a', 70), .. bytes, .. Enumerable.Repeat((byte)'z', 70)],
            })
            {
                for (int cut = 0; cut <= text.Length; cut++)
                {
                    AssertPieces(text, [cut]);
                }

                AssertPieces(text, Enumerable.Range(1, text.Length));
            }
        }
    }

    [Fact]
    public void Append_ClassicCases_AreJudgedAsTheyAreListed()
    {
        Assert.All(Utf8Samples.Valid, sample => Assert.Equal((true, true), Judge(sample)));
        Assert.All(Utf8Samples.Invalid, sample => Assert.False(Judge(sample).Viable, sample));
        Assert.All(Utf8Samples.Cut, sample => Assert.Equal((true, false), Judge(sample)));
    }

    [Fact]
    public void Append_EmptyPiecesBetween_ChangeNothing()
    {
        var validator = default(Utf8Validator);
        foreach (byte b in "€😀"u8)
        {
            Assert.True(validator.Append([]));
            Assert.True(validator.Append([b]));
            Assert.True(validator.Append([]));
        }

        Assert.True(validator.IsComplete);
    }

    [Fact]
    public void Append_RandomTextInRandomPieces_AgreesWithGrammar()
    {
        var random = new Random(20260101);
        string[] samples = [.. Utf8Samples.Valid, .. Utf8Samples.Invalid, .. Utf8Samples.Cut];
        byte[][] parts = [.. samples.Select(Convert.FromHexString)];
        int validParts = Utf8Samples.Valid.Length;
        for (int round = 0; round < 20_000; round++)
        {
            // Mostly valid parts, so that texts live long enough to be cut.
            byte[] text = [.. Enumerable.Range(0, random.Next(12)).SelectMany(
                _ => parts[random.Next(random.Next(20) == 0 ? parts.Length : validParts)])];
            AssertPieces(text, Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(text.Length + 1)).Order());
        }
    }

    private static (bool Viable, bool Complete) Judge(string sample)
    {
        var validator = default(Utf8Validator);
        return (validator.Append(Convert.FromHexString(sample)), validator.IsComplete);
    }

    private static void AssertAtEverySplit(byte[] text)
    {
        int viable = Utf8Grammar.ViableLength(text);
        bool valid = Utf8Grammar.IsValid(text);
        for (int cuts = 0; cuts < 1 << (text.Length - 1); cuts++)
        {
            var validator = default(Utf8Validator);
            bool going = true;
            int start = 0;
            for (int end = 1; end <= text.Length && going; end++)
            {
                if (end < text.Length && (cuts & (1 << (end - 1))) == 0)
                {
                    continue;
                }

                going = validator.Append(text.AsSpan(start, end - start));
                if (going != (viable >= end))
                {
                    Assert.Fail($"{Convert.ToHexString(text)} cut {cuts:b3}: {going} at {end}");
                }

                start = end;
            }

            if (going && validator.IsComplete != valid)
            {
                Assert.Fail($"{Convert.ToHexString(text)} cut {cuts:b3}: complete {validator.IsComplete}");
            }
        }
    }

    private static void AssertPieces(byte[] text, IEnumerable<int> cuts)
    {
        int viable = Utf8Grammar.ViableLength(text);
        var validator = default(Utf8Validator);
        int start = 0;
        foreach (int end in cuts.Append(text.Length))
        {
            bool going = validator.Append(text.AsSpan(start, end - start));
            Assert.True(going == (viable >= end), $"{Convert.ToHexString(text)} at {end}");
            if (!going)
            {
                return;
            }

            start = end;
        }

        Assert.Equal(Utf8Grammar.IsValid(text), validator.IsComplete);
    }
}
