using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Switchboard.Protocol.Tests.Deflate;

/// <summary>What the tests send.</summary>
internal static class Messages
{
    public static readonly byte[] Hello = "Hello"u8.ToArray();

    public static byte[] Random(int seed, int length)
    {
        byte[] message = new byte[length];
        new Random(seed).NextBytes(message);
        return message;
    }

    /// <summary>Chat-like JSON of about <paramref name="length"/> bytes.</summary>
    public static byte[] Json(int seed, int length)
    {
        string[] words = ["room", "hello", "the", "map", "is", "full", "of", "players", "edge", "cursor", "moves"];
        Random random = new(seed);
        StringBuilder text = new("{\"type\":\"message\",\"room\":\"lobby\",\"data\":[");
        while (text.Length < length)
        {
            text.Append("{\"id\":").Append(random.Next()).Append(",\"text\":\"");
            for (int i = random.Next(3, 12); i > 0; i--)
            {
                text.Append(words[random.Next(words.Length)]).Append(' ');
            }

            text.Append("\"},");
        }

        return Encoding.UTF8.GetBytes(text.Append("0]}").ToString());
    }

    /// <summary>Random bytes that repeat after <paramref name="period"/>, which only far references compress.</summary>
    public static byte[] Periodic(int seed, int period, int length)
    {
        byte[] once = Random(seed, period);
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++)
        {
            message[i] = once[i % period];
        }

        return message;
    }

    /// <summary>0 to 200 KB: random, JSON, one byte over and over, periodic, or a mixture.</summary>
    public static Arbitrary<byte[]> Any { get; } = Arb.From(
        from kind in Gen.Choose(0, 4)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from size in Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, 4096), Gen.Choose(0, 200 * 1024))
        select kind switch
        {
            0 => Random(seed, size),
            1 => Json(seed, size),
            2 => Enumerable.Repeat((byte)seed, size).ToArray(),
            3 => Periodic(seed, 1 + (seed % 40_000), size),
            _ => [.. Random(seed, size / 4), .. Json(seed, size / 4), .. Random(seed, size / 4)],
        });
}
