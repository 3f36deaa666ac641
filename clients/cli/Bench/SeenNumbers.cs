namespace Switchboard.Cli.Bench;

/// <summary>A set of numbers from 0 on without large gaps, one bit each. Of one thread at a time.</summary>
internal sealed class SeenNumbers
{
    private ulong[] _words = new ulong[4];

    /// <returns>Whether it was not in it before.</returns>
    public bool Add(int number)
    {
        int word = number >> 6;
        if (word >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max(word + 1, _words.Length * 2));
        }

        ulong bit = 1UL << (number & 63);
        bool isNew = (_words[word] & bit) == 0;
        _words[word] |= bit;
        return isNew;
    }

    public bool Contains(int number) =>
        number >> 6 < _words.Length && (_words[number >> 6] & (1UL << (number & 63))) != 0;
}
