using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Identifiers;
using Switchboard.Core.Storage;

namespace Switchboard.Core.Rooms;

/// <summary>
/// A named place: members, their presence, and a feed that they receive. Not safe for concurrent use. All times are
/// milliseconds since the Unix epoch.
/// </summary>
public sealed class Room : FeedOwner
{
    // A room that comes up anew has a larger presence version than it ever had, if it had no more changes than this;
    // and until the year 2255 it is one that JavaScript can count.
    private const long PresenceVersionsPerMillisecond = 1000;

    private readonly RoomOptions _options;
    private readonly Dictionary<ConnectionId, RoomMember> _members = [];
    private readonly RoomPresence _presence;
    private long _emptySince;

    /// <summary>A room that nobody is in yet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">The validated options of its kind.</param>
    /// <param name="epoch">An epoch that no earlier life of the room had.</param>
    /// <param name="now">The time.</param>
    public Room(RoomName name, RoomOptions options, Epoch epoch, long now)
        : base(options.Feed, epoch)
    {
        Name = name;
        _options = options;
        _presence = new RoomPresence(options.Presence);
        _presence.Restore(now * PresenceVersionsPerMillisecond);
        _emptySince = now;
    }

    /// <summary>A durable room that goes on from its stored feed; its members come again by themselves.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">The validated options of its kind.</param>
    /// <param name="stored">What the store holds.</param>
    /// <param name="now">The time.</param>
    public Room(RoomName name, RoomOptions options, StoredFeed stored, long now)
        : base(options.Feed, stored, durable: true, now)
    {
        Name = name;
        _options = options;
        _presence = new RoomPresence(options.Presence);
        _presence.Restore(now * PresenceVersionsPerMillisecond);
        _emptySince = now;
    }

    /// <summary>A room that goes on elsewhere from what was saved of it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">The validated options of its kind.</param>
    /// <param name="state">What was saved.</param>
    /// <param name="now">The time.</param>
    public Room(RoomName name, RoomOptions options, RoomState state, long now)
        : base(options.Feed, state.Feed, options.Durable, now)
    {
        Name = name;
        _options = options;
        _presence = new RoomPresence(options.Presence);
        _emptySince = state.EmptySince;
        NeedsCatchUp = options.Durable;
        foreach (RoomMemberState saved in state.Members)
        {
            RoomMember member = RoomMember.Of(saved);
            _members.Add(saved.Connection, member);
            _presence.Joined(member.Shown, watched: false);
            Attach(member);
        }

        _presence.Restore(state.PresenceVersion);
        if (Watched)
        {
            _presence.Renew();
        }

        Rewind(state.Seen, now);
    }

    /// <summary>Its name.</summary>
    public RoomName Name { get; }

    /// <summary>How many members it has, detached ones included.</summary>
    public int MemberCount => _members.Count;

    /// <inheritdoc/>
    public override FeedId FeedId => FeedId.Of(Name);

    /// <inheritdoc/>
    public override bool HasWork => base.HasWork || (Watched && _presence.HasChange);

    /// <inheritdoc/>
    public override long? UpkeepAt =>
        _members.Count > 0 ? FeedExpiresAt : Math.Max(IdleUntil, FeedExpiresAt ?? IdleUntil);

    /// <summary>Hears when the first member comes, and when the last one has gone; null for nobody.</summary>
    public IBackplaneObserver? BackplaneObserver { get; set; }

    internal IRoomObserver? Observer { get; set; }

    internal IReadOnlyList<PresenceMember> Members => [.. _members.Values.Select(static member => member.Shown)];

    private long IdleUntil => _emptySince + (long)_options.IdleTime.TotalMilliseconds;

    private bool Watched => Audience is { Watchers: > 0 };

    /// <summary>Makes a connection a member. Its state is kept only where presence shows it.</summary>
    public JoinResult Join(in RoomJoin join, long now)
    {
        ReadOnlyMemory<byte> state = join.Options.State;
        BackplaneStatus status = _members.ContainsKey(join.Connection) ? BackplaneStatus.AlreadyJoined
            : _members.Count >= _options.MaxMembers ? BackplaneStatus.RoomFull
            : state.Length > _options.MaxStateBytes ? BackplaneStatus.StateTooLarge
            : BackplaneStatus.Ok;
        if (status != BackplaneStatus.Ok)
        {
            return Refuse(status);
        }

        var shown = new PresenceMember(
            join.User, join.Connection, _options.Presence == PresenceMode.Full ? state.ToArray() : default);
        bool watches = join.Options.Presence && _options.Presence != PresenceMode.Off;
        var member = new RoomMember(shown, join.Edge ?? default, join.Attachment, watches, join.JoinNumber);
        _members.Add(join.Connection, member);
        _presence.Joined(shown, Watched);
        Attach(member);
        Observer?.OnJoined(shown);
        Occupancy.OnJoined(this);
        return Describe(member, join.Options.Position, now);
    }

    /// <summary>Lets a member receive the room at an edge, again or instead of where it did before.</summary>
    /// <param name="connection">The member.</param>
    /// <param name="edge">Where it is attached.</param>
    /// <param name="attachment">The number of that attachment; an older one than is known changes nothing.</param>
    /// <param name="position">What it has last seen; null to recover nothing.</param>
    /// <param name="now">The time.</param>
    public JoinResult Rejoin(ConnectionId connection, EdgeId edge, long attachment, Position? position, long now)
    {
        if (!_members.TryGetValue(connection, out RoomMember member))
        {
            return Refuse(BackplaneStatus.NotJoined);
        }

        if (attachment >= member.Attachment)
        {
            Detach(member);
            member = member with { Edge = edge, Attachment = attachment };
            _members[connection] = member;
            Attach(member);
        }

        return Describe(member, position, now);
    }

    /// <summary>
    /// A connection says that it is a member, attached to an edge: the room may have come up anew without it. Whether
    /// it really is one is for the connection to know.
    /// </summary>
    /// <param name="claim">The member.</param>
    /// <param name="seen">What its edge has seen of the feed; null where it has seen nothing.</param>
    /// <param name="now">The time.</param>
    public void Reattach(in MemberClaim claim, Position? seen, long now)
    {
        bool isNew = !_members.TryGetValue(claim.Connection, out RoomMember member);
        if (isNew)
        {
            var shown = new PresenceMember(
                claim.User, claim.Connection, _options.Presence == PresenceMode.Full ? claim.State : default);
            bool watches = claim.Watches && _options.Presence != PresenceMode.Off;
            member = new RoomMember(shown, claim.Edge, claim.Attachment, watches, claim.JoinNumber);
            _presence.Joined(shown, Watched);
            Observer?.OnJoined(shown);
        }
        else
        {
            member = member with { JoinNumber = Math.Max(member.JoinNumber, claim.JoinNumber) };
            if (claim.Attachment < member.Attachment || (claim.Attachment == member.Attachment && member.IsAttached))
            {
                _members[claim.Connection] = member;
                return;
            }

            Detach(member);
            member = member with { Edge = claim.Edge, Attachment = claim.Attachment };
        }

        EdgeOutbox? before = FindOutbox(claim.Edge);
        bool received = Receives(claim.Edge, seen);
        bool watched = before is { Watchers: > 0 };
        _members[claim.Connection] = member;
        Attach(member);
        if (isNew)
        {
            Occupancy.OnJoined(this);
        }

        if (member.Watches && !watched)
        {
            _presence.Renew();
        }

        if (!received && seen is { } position)
        {
            Rewind(claim.Edge, position, now);
        }
    }

    /// <summary>All that is needed to go on elsewhere.</summary>
    public RoomState Save() => new(
        SaveFeed() ?? StoredFeed.Empty(Epoch),
        [.. _members.Values.Select(static member => member.Save())],
        _presence.Version,
        _emptySince,
        SaveSeen());

    /// <summary>A member no longer receives the room, but stays in it. Later attachments are left alone.</summary>
    public void Detach(ConnectionId connection, long attachment)
    {
        if (_members.TryGetValue(connection, out RoomMember member) && member.Attachment <= attachment)
        {
            Detach(member);
            _members[connection] = member with { Edge = default, Attachment = attachment };
        }
    }

    /// <summary>An edge is gone: its members stay, detached. O(members).</summary>
    public void DetachEdge(EdgeId edge)
    {
        foreach ((ConnectionId connection, RoomMember member) in _members.ToArray())
        {
            if (member.Edge == edge)
            {
                Detach(connection, member.Attachment);
            }
        }
    }

    /// <summary>Ends a membership; NotJoined where there is none.</summary>
    /// <param name="connection">The member.</param>
    /// <param name="now">The time.</param>
    /// <param name="joinNumber">
    /// The newest join of the connection when it left: a leave that comes late does not end what began after it. 0 for any.
    /// </param>
    public BackplaneStatus Leave(ConnectionId connection, long now, long joinNumber = 0)
    {
        if (!_members.TryGetValue(connection, out RoomMember member) || (joinNumber != 0 && member.JoinNumber > joinNumber))
        {
            return BackplaneStatus.NotJoined;
        }

        _members.Remove(connection);
        Detach(member);
        _presence.Left(connection, Watched);
        _emptySince = now;
        Observer?.OnLeft(member.Shown);
        Occupancy.OnLeft(this);
        return BackplaneStatus.Ok;
    }

    /// <summary>Appends a message of a member, or of the server, to the feed and to what waits for the edges.</summary>
    /// <param name="publication">The message.</param>
    /// <param name="now">The time.</param>
    /// <param name="staged">In a durable room, the answer that the message waits for; it replaces what is returned.</param>
    public PublishResult Publish(in Publication publication, long now, out Staged staged)
    {
        staged = default;
        BackplaneStatus status = Check(publication);
        return status == BackplaneStatus.Ok
            ? Append(publication, now, out staged)
            : new PublishResult(status, default, false);
    }

    /// <summary>Whether a message may be published, as far as that is known beforehand: Ok, NotJoined, PayloadTooLarge or Refused.</summary>
    internal BackplaneStatus Check(in Publication publication) =>
        publication.Sender is { } sender && !_members.ContainsKey(sender.Connection) ? BackplaneStatus.NotJoined
        : publication.Payload.Length > _options.MaxPayloadBytes ? BackplaneStatus.PayloadTooLarge
        : IsWellFormed(publication) ? BackplaneStatus.Ok
        : BackplaneStatus.Refused;

    /// <summary>Reads a page of the history for a member.</summary>
    public HistoryResult Read(ConnectionId reader, HistoryQuery query, long now) =>
        _members.ContainsKey(reader)
            ? ReadFeed(query, now)
            : new HistoryResult(BackplaneStatus.NotJoined, default, [], false);

    /// <summary>Reads a page of the history for the server.</summary>
    public HistoryResult Read(HistoryQuery query, long now) => ReadFeed(query, now);

    /// <summary>Shows the server the room, and a page of its members. O(members) where any are asked for.</summary>
    public RoomView Inspect(string? after, int limit)
    {
        IReadOnlyList<RoomMember> page = Paging.Take(
            _members.Values, static member => member.Shown.Connection.Value, after, limit, out bool more);
        return new RoomView(
            BackplaneStatus.Ok, Head, _options.Presence, _presence.Version, _members.Count, [.. page.Select(member => member.Shown)], more);
    }

    /// <summary>Shows a member who is there.</summary>
    public PresenceResult Presence(ConnectionId reader) =>
        !_members.ContainsKey(reader) ? new PresenceResult(BackplaneStatus.NotJoined, null)
        : _options.Presence == PresenceMode.Off ? new PresenceResult(BackplaneStatus.PresenceOff, null)
        : new PresenceResult(BackplaneStatus.Ok, _presence.Snapshot(_members.Values));

    /// <summary>Replaces a member's state: Ok, NotJoined, PresenceOff or StateTooLarge.</summary>
    public BackplaneStatus SetState(ConnectionId connection, ReadOnlyMemory<byte> state)
    {
        if (!_members.TryGetValue(connection, out RoomMember member))
        {
            return BackplaneStatus.NotJoined;
        }

        if (_options.Presence != PresenceMode.Full)
        {
            return BackplaneStatus.PresenceOff;
        }

        if (state.Length > _options.MaxStateBytes)
        {
            return BackplaneStatus.StateTooLarge;
        }

        PresenceMember shown = member.Shown with { State = state.ToArray() };
        _members[connection] = member with { Shown = shown };
        _presence.Updated(shown, Watched);
        return BackplaneStatus.Ok;
    }

    /// <summary>True when nobody is in it and nothing in it is worth keeping any more.</summary>
    public bool CanCollect(long now) => _members.Count == 0 && !IsCommitting && now >= UpkeepAt;

    /// <inheritdoc/>
    public override bool Upkeep(long now)
    {
        base.Upkeep(now);
        if (_members.Count == 0 && IsCommitting)
        {
            // The server publishes to an empty room: that is use, and it is looked at again later.
            _emptySince = now + 1;
        }

        return CanCollect(now);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (Watched && _presence.HasChange)
        {
            Audience!.Append(_presence.Flush());
        }
    }

    private protected override EdgeId EdgeWithout(FeedEntry entry) =>
        entry is { ExceptSender: true, Sender: { } sender } && _members.TryGetValue(sender.Connection, out RoomMember member)
            ? member.Edge
            : default;

    private static JoinResult Refuse(BackplaneStatus status) => new(status, default, false, null);

    private void Attach(RoomMember member)
    {
        if (member.IsAttached)
        {
            EnsureAudience().Add(member.Edge, member.Watches, Head.Offset);
        }
    }

    private void Detach(RoomMember member)
    {
        if (member.IsAttached)
        {
            Audience!.Remove(member.Edge, member.Watches);
            if (!Watched)
            {
                _presence.Forget();
            }
        }
    }

    private JoinResult Describe(RoomMember member, Position? position, long now) => new(
        BackplaneStatus.Ok,
        Recover(position, member.Shown.Connection, now),
        member.Watches,
        member.Watches ? _presence.Snapshot(_members.Values) : null);
}
