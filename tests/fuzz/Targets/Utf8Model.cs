namespace Switchboard.Fuzz.Targets;

/// <summary>The grammar of RFC 3629 §4 as an automaton, byte by byte; the oracle for text.</summary>
internal struct Utf8Model
{
    private byte _due;
    private byte _low;
    private byte _high;

    /// <summary>Whether the text may end here.</summary>
    public readonly bool IsComplete => _due == 0;

    /// <summary>A small number that tells the states apart.</summary>
    public readonly int State => (_due << 4) | (_low >> 4 & 0x3) | (_high == 0xBF ? 0 : 4);

    /// <summary>Takes a byte; false when nothing that follows could make the text valid.</summary>
    public bool Take(byte b)
    {
        if (_due > 0)
        {
            bool fits = b >= _low && b <= _high;
            _due--;
            (_low, _high) = (0x80, 0xBF);
            return fits;
        }

        (_due, _low, _high) = b switch
        {
            <= 0x7F => ((byte)0, (byte)0, (byte)0),
            >= 0xC2 and <= 0xDF => ((byte)1, (byte)0x80, (byte)0xBF),
            0xE0 => ((byte)2, (byte)0xA0, (byte)0xBF),
            0xED => ((byte)2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => ((byte)2, (byte)0x80, (byte)0xBF),
            0xF0 => ((byte)3, (byte)0x90, (byte)0xBF),
            >= 0xF1 and <= 0xF3 => ((byte)3, (byte)0x80, (byte)0xBF),
            0xF4 => ((byte)3, (byte)0x80, (byte)0x8F),
            _ => (byte.MaxValue, (byte)0, (byte)0),
        };
        return _due != byte.MaxValue;
    }
}
