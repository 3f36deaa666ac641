namespace Switchboard.Faults.Verifying;

/// <summary>What one member of a room was told, by all of its sockets.</summary>
internal sealed class MemberTrack(RoomVerifier room, string name, Findings findings)
{
    private readonly List<Segment> _segments = [];

    /// <summary>A member that is gone for good: nothing has to reach it any more.</summary>
    public bool Gone { get; set; }

    public string Name => name;

    /// <summary>What to resume with: null before the first join.</summary>
    public Position? Position =>
        _segments.Count == 0 ? null : new Position(_segments[^1].Epoch, _segments[^1].Last);

    /// <summary>It joined, without saying where it had been. Everything behind <paramref name="start"/> is to
    /// come.</summary>
    public void Begin(Position start)
    {
        room.See(start.Epoch);
        _segments.Add(new Segment(start));
    }

    /// <summary>It came back with its <see cref="Position"/>, and the server answered with this start.</summary>
    public void Continue(Position start, bool recovered, string? reason)
    {
        if (!recovered)
        {
            findings.Add(
                FindingKind.NotRecovered, $"{name} came back with {Position} to {start}: {reason ?? "no reason"}");
            Jump(start);
        }
        else if (start.Epoch != _segments[^1].Epoch || start.Offset < _segments[^1].Last)
        {
            findings.Add(FindingKind.Disorder, $"{name} came back with {Position} and was recovered to {start}");
            Jump(start);
        }
    }

    /// <summary>The event <c>lost</c>.</summary>
    public void Lose(Position upTo)
    {
        findings.Add(FindingKind.ToldLost, $"{name} was at {Position} and is told that all up to {upTo} is lost");
        Jump(upTo);
    }

    /// <summary>The event <c>message</c>, with a number that <see cref="RoomVerifier.Publish"/> gave.</summary>
    public void Receive(long number, long offset)
    {
        if (_segments.Count == 0)
        {
            findings.Add(FindingKind.Disorder, $"{name} got offset {offset} before it had joined");
            return;
        }

        var segment = _segments[^1];
        var place = new Position(segment.Epoch, offset);
        if (offset > segment.Last)
        {
            segment.Take(offset);
        }
        else if (segment.Of(offset) == Fate.Received)
        {
            findings.Add(FindingKind.Duplicate, $"{name} got {place} twice");
        }
        else
        {
            findings.Add(FindingKind.Disorder, $"{name} got {place} behind {segment.Last}");
        }

        room.Place(number, place, name);
    }

    /// <summary>What became of the message at <paramref name="place"/>.</summary>
    public Fate Of(Position place)
    {
        if (_segments.Count == 0)
        {
            return Fate.Excused;
        }

        for (var i = _segments.Count - 1; i >= 0; i--)
        {
            if (_segments[i].Epoch == place.Epoch)
            {
                var fate = _segments[i].Of(place.Offset);

                // Behind the end of an epoch that another one followed: that was told with the new one.
                return fate == Fate.Missing && place.Offset > _segments[i].Last && i < _segments.Count - 1
                    ? Fate.Excused
                    : fate;
            }
        }

        // An epoch that this member never heard of: told where a later one was, or not obliged before it came.
        return room.AgeOf(place.Epoch) > room.AgeOf(_segments[^1].Epoch) ? Fate.Missing : Fate.Excused;
    }

    private void Jump(Position start)
    {
        if (start.Epoch != _segments[^1].Epoch)
        {
            findings.Add(FindingKind.NewEpoch, $"{name} was at {Position} and is in epoch {start.Epoch:x16} now");
            Begin(start);
        }
        else if (start.Offset < _segments[^1].Last)
        {
            findings.Add(FindingKind.Disorder, $"{name} was at {Position} and its feed went back to {start}");
            _segments.Add(new Segment(start));
        }
        else
        {
            _segments[^1].Skip(start.Offset);
        }
    }
}
