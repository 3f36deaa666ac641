using Switchboard.Faults.Verifying;

namespace Switchboard.ClientScenarios.Tests.Acting;

/// <summary>Holds what the clients in a room tell their applications against what was acknowledged to them.</summary>
internal sealed class Ledger
{
    private static readonly FindingKind[] Kinds = Enum.GetValues<FindingKind>();

    private readonly Lock _lock = new();
    private readonly Findings _findings = new();
    private readonly RoomVerifier _verifier;
    private readonly Dictionary<string, MemberTrack> _members = [];
    private readonly Dictionary<string, List<Action>> _early = [];

    public Ledger(string room)
    {
        Room = room;
        _verifier = new RoomVerifier(room, _findings);
    }

    public string Room { get; }

    /// <summary>Whether everybody has what was acknowledged last.</summary>
    public bool IsSettled
    {
        get
        {
            lock (_lock)
            {
                return _verifier.IsSettled();
            }
        }
    }

    /// <summary>How it stands, for people.</summary>
    public string Situation
    {
        get
        {
            lock (_lock)
            {
                return $"{Room}: {_verifier.Published} published, {_verifier.Acknowledged} acknowledged; "
                    + string.Join(", ", _members.Select(member => $"{member.Key} at {member.Value.Position}"));
            }
        }
    }

    /// <summary>How often somebody was told of a loss.</summary>
    public long ToldLosses
    {
        get
        {
            lock (_lock)
            {
                return _findings.Count(FindingKind.ToldLost);
            }
        }
    }

    /// <summary>A number for a new message.</summary>
    public long NextNumber()
    {
        lock (_lock)
        {
            return _verifier.Publish();
        }
    }

    /// <summary>How many messages of a client were acknowledged.</summary>
    public int CountOf(string client)
    {
        lock (_lock)
        {
            return _verifier.AcknowledgedOf(client);
        }
    }

    /// <summary>A publish was answered.</summary>
    public void Acknowledge(string client, long number, Position place)
    {
        lock (_lock)
        {
            _verifier.Acknowledge(client, number, place);
        }
    }

    /// <summary>A client joined; what comes for it earlier waits for this.</summary>
    public void Begin(string client, Position start)
    {
        lock (_lock)
        {
            MemberTrack track = _verifier.AddMember(client);
            track.Begin(start);
            _members[client] = track;
            if (_early.Remove(client, out List<Action>? early))
            {
                early.ForEach(act => act());
            }
        }
    }

    /// <summary>A client left.</summary>
    public void End(string client) => With(client, track => track.Gone = true);

    /// <summary>A client got a message.</summary>
    public void Receive(string client, long number, Position place) => With(client, track =>
    {
        if (track.Position is { } at && at.Epoch != place.Epoch)
        {
            _findings.Add(FindingKind.Disorder, $"{client} was at {at} and got {place}, without a word on the new epoch");
            track.Lose(place with { Offset = place.Offset - 1 });
        }

        track.Receive(number, place.Offset);
    });

    /// <summary>A client was told that it won't get anything up to here.</summary>
    public void Lose(string client, Position upTo) => With(client, track => track.Lose(upTo));

    /// <summary>Throws if anything was lost, doubled, disordered or overtaken, but for what may be.</summary>
    /// <param name="allowed">What may have been lost.</param>
    public void Check(Losses allowed)
    {
        lock (_lock)
        {
            _verifier.Check();
            bool fails = Kinds.Any(kind =>
                _findings.Count(kind) > 0 && !(allowed == Losses.Told && Findings.IsTold(kind)));
            Assert.False(fails, $"{Room}:\n{string.Join('\n', _findings.Examples)}");
            Assert.True(_verifier.Acknowledged > 0, $"nothing was published in {Room}");
        }
    }

    private void With(string client, Action<MemberTrack> act)
    {
        lock (_lock)
        {
            if (_members.TryGetValue(client, out MemberTrack? track))
            {
                act(track);
                return;
            }

            if (!_early.TryGetValue(client, out List<Action>? early))
            {
                _early[client] = early = [];
            }

            early.Add(() => act(_members[client]));
        }
    }
}
