using System.Diagnostics;
using System.Text.Json;
using Switchboard.Faults.Presence;
using Switchboard.Faults.Protocol;
using Switchboard.Faults.Verifying;

namespace Switchboard.Faults.Sessions;

/// <summary>A member of one room: publishes, until it is acknowledged, and receives. Resumes where its socket
/// ended. Nothing is sent before what was published earlier and has to be sent again.</summary>
internal sealed class Member(
    RunContext context, string user, int edge, int room, RoomVerifier verifier, RoomClock clock)
    : Session(context, user, edge)
{
    private static readonly TimeSpan _answerBound = TimeSpan.FromSeconds(10);
    private readonly MemberTrack _track = verifier.AddMember(user);
    private readonly List<Pending> _pending = [];
    private readonly Dictionary<long, Pending> _inFlight = [];
    private long _heldUntil;
    private bool _isHeld;
    private long _connectId;
    private long _joinId;
    private string? _resume;

    /// <summary>The id of its connection: null before the first <c>welcome</c>.</summary>
    public string? Connection { get; private set; }

    /// <summary>Where it says that its socket ended, instead of coming back; null for those that come back.</summary>
    public LeaveBook? Abandons { get; init; }

    /// <summary>The number of its room.</summary>
    public int Room => room;

    /// <summary>Publishes that have not been acknowledged.</summary>
    public int Unacknowledged => _pending.Count;

    /// <summary>Publishes a new message as soon as it can.</summary>
    public void Publish(long dueAt)
    {
        var pending = new Pending(verifier.Publish(), dueAt);
        _pending.Add(pending);
        if (IsReady && !_isHeld)
        {
            SendPublish(pending, Stopwatch.GetTimestamp());
        }
    }

    protected override void SendConnect()
    {
        _connectId = NextId();
        Send(_resume is null
            ? Commands.Connect(_connectId)
            : Commands.Resume(_connectId, _resume, Context.Rooms[room], _track.Position));
    }

    protected override void OnEvent(in ServerEvent read, ReadOnlySpan<byte> message, long receivedAt)
    {
        switch (read.Type)
        {
            case EventType.Message when read.Room >= 0:
                OnRoomMessage(read, receivedAt);
                break;
            case EventType.Published:
                OnPublished(read, receivedAt);
                break;
            case EventType.Welcome:
                OnWelcome(message);
                break;
            case EventType.Joined when read.Id == _joinId:
                OnJoined(message);
                break;
            case EventType.Lost when read.Room == room:
                _track.Lose(read.Position);
                break;
            case EventType.Left:
                Context.Tally.Errors.Add("left");
                SetUnready(receivedAt);
                SendJoin();
                break;
            case EventType.Error:
                OnError(read.Id, message, receivedAt);
                break;
        }
    }

    protected override bool OnDropped()
    {
        _inFlight.Clear();
        _isHeld = false;
        foreach (var pending in _pending)
        {
            pending.SendAt = 0;
            pending.IsUnderWay = false;
        }

        if (Abandons is null || Connection is null)
        {
            return true;
        }

        Abandons.Drop(Connection, Stopwatch.GetTimestamp());
        _track.Gone = true;
        _pending.Clear();
        return false;
    }

    protected override void OnTick(long now)
    {
        _isHeld &= now < _heldUntil || _pending.Exists(pending => pending.IsUnderWay && pending.SendAt > now);
        if (!IsReady || _isHeld)
        {
            return;
        }

        // Sending may end the socket, and that may empty the list.
        for (var i = 0; i < _pending.Count && IsReady; i++)
        {
            if (_pending[i].SendAt <= now)
            {
                SendPublish(_pending[i], now);
            }
        }
    }

    private void SendPublish(Pending pending, long now)
    {
        if (pending.Attempts++ > 0)
        {
            Context.Tally.Retries++;
        }

        var id = NextId();
        _inFlight[id] = pending;
        pending.IsUnderWay = true;
        pending.SendAt = now + (long)(_answerBound.TotalSeconds * Stopwatch.Frequency);
        Send(Commands.Publish(id, Context.Rooms, room, pending.Number, pending.DueAt));
    }

    private void SendJoin()
    {
        _joinId = NextId();
        Send(Commands.Join(_joinId, Context.Rooms[room], _track.Position));
    }

    private void OnRoomMessage(in ServerEvent read, long receivedAt)
    {
        if (!read.HasData || read.Room != room || read.DataRoom != room)
        {
            Context.Findings.Add(
                FindingKind.Strange, $"{User} of room {room} got a message of room {read.Room} for {read.DataRoom}");
            return;
        }

        _track.Receive(read.Number, read.Offset);
        Context.Tally.Delivered++;
        Context.Tally.DeliveryLatency.Record(receivedAt - read.DueAt);
    }

    private void OnPublished(in ServerEvent read, long receivedAt)
    {
        if (!_inFlight.Remove(read.Id, out var pending))
        {
            return;
        }

        pending.IsUnderWay = false;
        if (verifier.Acknowledge(User, pending.Number, read.Position))
        {
            _pending.Remove(pending);
            clock.Acknowledge(receivedAt);
            Context.Tally.Acknowledged++;
            Context.Tally.AckLatency.Record(receivedAt - pending.DueAt);
        }

        if (read.Duplicate)
        {
            Context.Tally.AnsweredAsDuplicate++;
        }
    }

    private void OnWelcome(ReadOnlySpan<byte> message)
    {
        using var welcome = ServerEvent.Whole(message);
        var root = welcome.RootElement;
        Connection = root.GetProperty("connection").GetString();
        _resume = root.GetProperty("resume").GetString();
        var heartbeat = root.GetProperty("heartbeat");
        SilenceBound = TimeSpan.FromSeconds(
            heartbeat.GetProperty("interval").GetInt32() + heartbeat.GetProperty("timeout").GetInt32());
        if (root.GetProperty("resumed").GetBoolean()
            && root.GetProperty("rooms").TryGetProperty(Context.Rooms[room], out var start))
        {
            OnStart(start);
        }
        else
        {
            SendJoin();
        }
    }

    private void OnJoined(ReadOnlySpan<byte> message)
    {
        using var joined = ServerEvent.Whole(message);
        OnStart(joined.RootElement);
    }

    private void OnStart(JsonElement start)
    {
        var at = ServerEvent.PositionOf(start);
        if (_track.Position is null)
        {
            _track.Begin(at);
        }
        else
        {
            var recovered = start.TryGetProperty("recovered", out var value) && value.GetBoolean();
            var reason = start.TryGetProperty("reason", out var text) ? text.GetString() : null;
            _track.Continue(at, recovered, reason);
            Context.Tally.Resumes.Add(recovered ? "recovered" : $"not recovered: {reason}");
            if (DroppedAt > 0)
            {
                Context.Tally.ResumeTime.Record(Stopwatch.GetTimestamp() - DroppedAt);
            }
        }

        SetReady();
        OnTick(Stopwatch.GetTimestamp());
    }

    private void OnError(long id, ReadOnlySpan<byte> message, long receivedAt)
    {
        using var error = ServerEvent.Whole(message);
        var code = error.RootElement.GetProperty("code").GetString()!;
        var mayPass = error.RootElement.TryGetProperty("retry", out var retry) && retry.GetBoolean();
        if (id == _connectId && code.StartsWith("resume_", StringComparison.Ordinal))
        {
            Context.Tally.Expired.Add(code);
            _resume = null;
            SendConnect();
            return;
        }

        (mayPass ? Context.Tally.Passing : Context.Tally.Errors).Add(code);
        if (_inFlight.Remove(id, out var pending))
        {
            pending.IsUnderWay = false;
            if (mayPass)
            {
                pending.SendAt = 0;
                _isHeld = true;
                _heldUntil = Math.Max(_heldUntil, receivedAt + Pause(pending.Attempts));
            }
            else
            {
                _pending.Remove(pending);
            }
        }
        else if (id == _connectId || id == _joinId)
        {
            GiveUp($"refused: {code}");
        }
    }
}
