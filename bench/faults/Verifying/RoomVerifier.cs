namespace Switchboard.Faults.Verifying;

/// <summary>Holds what the members of one room were told against what was acknowledged to its publishers. All
/// messages of the room are reliable and echoed, so every member must get each of them.</summary>
internal sealed class RoomVerifier(string name, Findings findings)
{
    private readonly List<MemberTrack> _members = [];
    private readonly Dictionary<Position, long> _messages = [];
    private readonly Dictionary<long, Position> _places = [];
    private readonly Dictionary<long, Position> _acknowledged = [];
    private readonly Dictionary<string, List<long>> _publishers = [];
    private readonly List<ulong> _epochs = [];
    private Position? _newest;

    /// <summary>How many numbers were given out.</summary>
    public long Published { get; private set; }

    public long Acknowledged => _acknowledged.Count;

    public MemberTrack AddMember(string member)
    {
        var track = new MemberTrack(this, member, findings);
        _members.Add(track);
        return track;
    }

    /// <summary>The number of a new message, from 1.</summary>
    public long Publish() => ++Published;

    /// <summary>How many messages of a publisher were acknowledged.</summary>
    public int AcknowledgedOf(string publisher) => _publishers.TryGetValue(publisher, out var own) ? own.Count : 0;

    /// <summary>A publish was answered with a position. False where it had been answered before.</summary>
    public bool Acknowledge(string publisher, long number, Position place)
    {
        See(place.Epoch);
        Place(number, place, "its publisher");
        if (!_acknowledged.TryAdd(number, place))
        {
            return false;
        }

        if (!_publishers.TryGetValue(publisher, out var own))
        {
            _publishers[publisher] = own = [];
        }

        own.Add(number);
        if (_newest is not { } newest || AgeOf(place.Epoch) > AgeOf(newest.Epoch)
            || (place.Epoch == newest.Epoch && place.Offset > newest.Offset))
        {
            _newest = place;
        }

        return true;
    }

    /// <summary>Whether the newest acknowledged message has come to everybody. A quick question, for waiting: <see
    /// cref="Check"/> is the answer.</summary>
    public bool IsSettled() =>
        _newest is not { } newest || _members.All(member => member.Gone || member.Of(newest) != Fate.Missing);

    /// <summary>Looks for every acknowledged message at every member, and for the order of each publisher's own, at the
    /// end of a run.</summary>
    public void Check()
    {
        foreach (var (publisher, own) in _publishers)
        {
            CheckOrder(publisher, own);
        }

        foreach (var (number, place) in _acknowledged)
        {
            foreach (var member in _members)
            {
                if (!member.Gone && member.Of(place) == Fate.Missing)
                {
                    findings.Add(
                        FindingKind.Lost,
                        $"{member.Name} never got message {number} of {name}, acknowledged at {place}");
                }
            }
        }
    }

    // Numbers are given out in the order in which messages are published.
    private void CheckOrder(string publisher, List<long> own)
    {
        var last = new Dictionary<ulong, long>();
        foreach (var number in own.Order())
        {
            var place = _acknowledged[number];
            if (last.TryGetValue(place.Epoch, out var before) && place.Offset < _acknowledged[before].Offset)
            {
                findings.Add(
                    FindingKind.Overtaken,
                    $"{publisher} published {before} before {number} in {name}, but they stand at " +
                    $"{_acknowledged[before]} and {place}");
            }
            else
            {
                last[place.Epoch] = number;
            }
        }
    }

    /// <summary>Notes that message <paramref name="number"/> stands at <paramref name="place"/>.</summary>
    internal void Place(long number, Position place, string witness)
    {
        if (number < 1 || number > Published)
        {
            findings.Add(FindingKind.Strange, $"{witness} got message {number} at {place} of {name}");
            return;
        }

        if (!_messages.TryAdd(place, number))
        {
            if (_messages[place] != number)
            {
                findings.Add(
                    FindingKind.Conflict,
                    $"{place} of {name} is message {_messages[place]}, but message {number} to {witness}");
            }

            return;
        }

        if (!_places.TryAdd(number, place))
        {
            findings.Add(
                _places[number].Epoch == place.Epoch ? FindingKind.Duplicate : FindingKind.Again,
                $"message {number} of {name} stands at {_places[number]} and at {place}");
        }
    }

    /// <summary>Notes that there is this epoch.</summary>
    internal void See(ulong epoch)
    {
        if (!_epochs.Contains(epoch))
        {
            _epochs.Add(epoch);
        }
    }

    /// <summary>The number of an epoch in the order in which they were first seen.</summary>
    internal int AgeOf(ulong epoch) => _epochs.IndexOf(epoch);
}
