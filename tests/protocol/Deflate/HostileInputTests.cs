using Switchboard.Protocol.Deflate;

namespace Switchboard.Protocol.Tests.Deflate;

public sealed class HostileInputTests
{
    private const int Limit = 100_000;

    [Theory, EachBackend]
    public void Write_RandomInput_IsJudgedAsByTheReference(bool native)
    {
        using MessageInflater inflater = Codecs.Inflater(native);
        Random random = new(1);
        HashSet<InflateStatus> seen = [];
        for (int i = 0; i < 3000; i++)
        {
            byte[] input = new byte[random.Next(1, 200)];
            random.NextBytes(input);
            seen.Add(Judge(inflater, input));
        }

        Assert.Contains(InflateStatus.Ok, seen);
        Assert.Contains(InflateStatus.Corrupt, seen);
    }

    [Theory, EachBackend]
    public void Write_DamagedMessage_IsJudgedAsByTheReference(bool native)
    {
        using MessageDeflater deflater = Codecs.Deflater(native);
        using MessageInflater inflater = Codecs.Inflater(native);
        byte[] payload = deflater.Compress(Messages.Json(1, 400));
        HashSet<InflateStatus> seen = [];
        for (int bit = 0; bit < 8 * payload.Length; bit++)
        {
            byte[] damaged = [.. payload];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            seen.Add(Judge(inflater, damaged));
        }

        Assert.Contains(InflateStatus.Ok, seen);
        Assert.Contains(InflateStatus.Corrupt, seen);
    }

    [Theory, EachBackend]
    public void Write_EmptyFinalBlocksByTheThousand_AreTakenOneByOne(bool native)
    {
        using MessageInflater inflater = Codecs.Inflater(native);
        byte[] payload = [.. Enumerable.Repeat(new byte[] { 0x03, 0x00 }, 5000).SelectMany(bytes => bytes), 0x00];

        Codecs.AssertDecoded([], inflater.Decompress(payload));
    }

    private static InflateStatus Judge(MessageInflater inflater, byte[] input)
    {
        (InflateStatus status, byte[] message) = inflater.Decompress([.. input.Chunk(50)], Limit);
        ReferenceInflater reference = ReferenceInflater.Decode(Codecs.WithTail(input));
        string what = Convert.ToHexString(input);
        Assert.True((status == InflateStatus.Corrupt) == reference.IsCorrupt, what);
        if (status == InflateStatus.Ok)
        {
            Assert.True(reference.Output.AsSpan().SequenceEqual(message), what);
        }
        else
        {
            inflater.Reset();
        }

        return status;
    }
}
