namespace Switchboard.Client.Session;

/// <summary>What was seen of a feed, by the rules of docs/protocol.md, "Keeping positions".</summary>
internal sealed class Feed
{
    public Position Position { get; private set; }

    public bool IsKnown => !Position.IsNone;

    /// <summary>Begins from a position that the program knows.</summary>
    public void Set(Position position) => Position = position;

    /// <summary>Takes a start.</summary>
    /// <param name="start">Where live delivery begins.</param>
    /// <param name="recovered">Whether what came before it follows; null where no position was given.</param>
    /// <param name="reason">Why it does not.</param>
    /// <returns>What is lost; null for nothing.</returns>
    public Loss? Start(Position start, bool? recovered, string? reason)
    {
        if (recovered == true)
        {
            return null;
        }

        Position known = Position;
        Position = start;
        return recovered == false ? new Loss(known, start, reason ?? LossReasons.Trimmed) : null;
    }

    /// <summary>Takes a message; false where it was seen before.</summary>
    public bool Take(long offset)
    {
        if (offset <= Position.Offset)
        {
            return false;
        }

        Position = new Position(Position.Life, offset);
        return true;
    }

    /// <summary>Takes a loss that the server tells of.</summary>
    public Loss Lose(Position to)
    {
        Loss loss = new(Position, to, LossReasons.NotDelivered);
        Position = to;
        return loss;
    }
}
