using System.Numerics;

namespace Switchboard.Fuzz;

/// <summary>
/// A fast generator (xoroshiro128+) whose sequence is fixed by its seed, on every machine and runtime.
/// </summary>
internal sealed class Prng
{
    private ulong _a;
    private ulong _b;

    public Prng(ulong seed)
    {
        _a = Mix(seed);
        _b = Mix(seed + 0x9E3779B97F4A7C15) | 1;
    }

    public ulong Next()
    {
        ulong a = _a;
        ulong b = _b;
        ulong result = a + b;
        b ^= a;
        _a = BitOperations.RotateLeft(a, 24) ^ b ^ (b << 16);
        _b = BitOperations.RotateLeft(b, 37);
        return result;
    }

    /// <summary>From 0 to less than <paramref name="bound"/>, which is at least 1.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    public byte Byte() => (byte)(Next() >> 56);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private static ulong Mix(ulong value)
    {
        value ^= value >> 30;
        value *= 0xBF58476D1CE4E5B9;
        value ^= value >> 27;
        value *= 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
