using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Switchboard.Client.Frameworks;

/// <summary>What .NET has for random numbers, in its words.</summary>
internal static class Randomness
{
    [ThreadStatic]
    private static Random? _ofThread;

    extension(Random random)
    {
        public static Random Shared => _ofThread ??= new Random(RandomNumberGenerator.GetInt32(int.MaxValue));

        public long NextInt64()
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            random.NextBytes(bytes);
            return BinaryPrimitives.ReadInt64LittleEndian(bytes) & long.MaxValue;
        }
    }

    extension(RandomNumberGenerator)
    {
        public static string GetHexString(int length, bool lowercase)
        {
            string digits = lowercase ? "0123456789abcdef" : "0123456789ABCDEF";
            return string.Create(length, digits, static (text, digits) =>
            {
                for (int i = 0; i < text.Length; i++)
                {
                    text[i] = digits[RandomNumberGenerator.GetInt32(digits.Length)];
                }
            });
        }
    }
}
