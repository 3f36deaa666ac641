namespace Switchboard.Fuzz.Targets;

/// <summary>
/// Lengths of pieces, determined by one byte of the input: single bytes, or random up to 7, 64 or 1024.
/// </summary>
internal struct Chunks(byte choice)
{
    private readonly int _most = (choice & 3) switch
    {
        0 => 1,
        1 => 7,
        2 => 64,
        _ => 1024,
    };

    private uint _state = choice;

    public int Next(int available)
    {
        _state = unchecked((_state * 1664525) + 1013904223);
        return Math.Min(available, 1 + (int)((_state >> 16) % (uint)_most));
    }
}
