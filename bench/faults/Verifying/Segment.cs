namespace Switchboard.Faults.Verifying;

/// <summary>What one member got of one epoch: everything behind where it began up to its last, but for the
/// holes.</summary>
internal sealed class Segment(Position start)
{
    private readonly List<Hole> _holes = [];

    public ulong Epoch => start.Epoch;

    /// <summary>The highest offset that was dealt with.</summary>
    public long Last { get; private set; } = start.Offset;

    /// <summary>The message at <paramref name="offset"/> came. It is behind <see cref="Last"/>.</summary>
    public void Take(long offset)
    {
        if (offset > Last + 1)
        {
            _holes.Add(new Hole(Last, offset - 1, Told: false));
        }

        Last = offset;
    }

    /// <summary>The server said that nothing up to <paramref name="offset"/> will come any more.</summary>
    public void Skip(long offset)
    {
        if (offset > Last)
        {
            _holes.Add(new Hole(Last, offset, Told: true));
            Last = offset;
        }
    }

    /// <summary>What became of <paramref name="offset"/>, with <see cref="Fate.Missing"/> where it is still to
    /// come.</summary>
    public Fate Of(long offset)
    {
        if (offset <= start.Offset)
        {
            return Fate.Excused;
        }

        foreach (var hole in _holes)
        {
            if (hole.Has(offset))
            {
                return hole.Told ? Fate.Excused : Fate.Missing;
            }
        }

        return offset <= Last ? Fate.Received : Fate.Missing;
    }
}
