using System.Numerics;

namespace Switchboard.Fuzz;

/// <summary>
/// How a target behaved on one input: the set of its steps from state to state, hashed. It stands in for the edges
/// that an instrumented build would report.
/// </summary>
internal sealed class Trace
{
    public const int Features = 1 << 20;

    private readonly int[] _seen = new int[512];
    private int _count;
    private uint _state;

    /// <summary>The features of the run so far, at most 512, with repetitions.</summary>
    public ReadOnlySpan<int> Seen => _seen.AsSpan(0, _count);

    public void Clear()
    {
        _count = 0;
        _state = 0;
    }

    /// <summary>Notes a feature by itself.</summary>
    public void Note(int kind, int a = 0, int b = 0)
    {
        if (_count < _seen.Length)
        {
            _seen[_count++] = Hash(unchecked((uint)((kind << 24) ^ (a << 12) ^ b))) & (Features - 1);
        }
    }

    /// <summary>Notes the step from the state before to this one.</summary>
    public void Step(int kind, int a = 0)
    {
        uint state = unchecked((uint)((kind << 16) + a + 1));
        if (_count < _seen.Length)
        {
            _seen[_count++] = Hash(BitOperations.RotateLeft(_state, 15) ^ state) & (Features - 1);
        }

        _state = state;
    }

    /// <summary>The order of magnitude of a length, 0 to 32.</summary>
    public static int Magnitude(int length) => 32 - BitOperations.LeadingZeroCount((uint)length);

    private static int Hash(uint value)
    {
        value ^= value >> 16;
        value *= 0x7FEB352D;
        value ^= value >> 15;
        value *= 0x846CA68B;
        return (int)((value ^ (value >> 16)) & int.MaxValue);
    }
}
