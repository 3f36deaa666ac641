using Switchboard.Client;

namespace Switchboard.Cli.Bench;

/// <summary>One connection: a member of one room, that publishes there and checks what comes.</summary>
internal sealed class BenchMember : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SeenNumbers _seen = new();
    private readonly List<Loss> _told = [];
    private readonly SwitchboardClient _client;
    private readonly BenchRoom _room;
    private readonly BenchCounts _counts;
    private readonly Room _joined;
    private readonly string _run;
    private readonly TimeProvider _time;
    private Position _last;
    private volatile bool _isGone;

    public BenchMember(SwitchboardClient client, BenchRoom room, BenchCounts counts, string run, TimeProvider time)
    {
        _client = client;
        _room = room;
        _counts = counts;
        _run = run;
        _time = time;
        _joined = client.Room(room.Name);
        _joined.Message += OnMessage;
        _joined.Lost += OnLost;
        _joined.Left += reason => OnGone(reason is null ? null : "left");
        client.StateChanged += change => OnGone(
            change.State == ConnectionState.Closed && change.Reason is not null ? ErrorCodes.Closed : null);
    }

    /// <summary>Joins the room.</summary>
    /// <exception cref="SwitchboardException">It was refused.</exception>
    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        await _joined.JoinAsync(cancellationToken: cancellationToken);
        lock (_room)
        {
            _room.Members++;
        }
    }

    /// <summary>Publishes the next message. What goes wrong is counted.</summary>
    public async Task PublishAsync(int size)
    {
        int number = _room.Next();
        _counts.OnPublishing();
        try
        {
            byte[] payload = BenchPayload.Make(_run, number, _time.GetTimestamp(), size);
            _room.OnAcknowledged(number, await _joined.PublishJsonAsync(payload));
            _counts.OnAcknowledged();
        }
        catch (SwitchboardException e)
        {
            _counts.OnError(e.Code);
        }
        finally
        {
            _counts.OnAnswered();
        }
    }

    /// <summary>Counts the acknowledged messages that did not come: those that it was told of, and those passed over in silence.</summary>
    public (long Told, long Silent) CountLosses()
    {
        if (_isGone)
        {
            // The server has ended it and said so; that is among the errors.
            return default;
        }

        long told = 0;
        long silent = 0;
        Position[] positions = _room.Positions();
        lock (_gate)
        {
            for (int number = 0; number < positions.Length; number++)
            {
                if (!positions[number].IsNone && !_seen.Contains(number))
                {
                    _ = _told.Exists(loss => Covers(loss, positions[number])) ? told++ : silent++;
                }
            }
        }

        return (told, silent);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static bool Covers(Loss loss, Position position) =>
        (position.Epoch == loss.From.Epoch && position.Offset > loss.From.Offset
            && (loss.To.Epoch != loss.From.Epoch || position.Offset <= loss.To.Offset))
        || (loss.To.Epoch != loss.From.Epoch && position.Epoch == loss.To.Epoch && position.Offset <= loss.To.Offset);

    private void OnMessage(RoomMessage message)
    {
        if (!BenchPayload.TryRead(message.Data.Span, _run, out int number, out long published))
        {
            return;
        }

        bool isNew;
        bool isForward;
        lock (_gate)
        {
            isNew = _seen.Add(number);
            isForward = message.Position.Epoch != _last.Epoch || message.Position.Offset > _last.Offset;
            _last = message.Position;
        }

        if (!isNew)
        {
            _counts.OnDuplicate();
            return;
        }

        long now = _time.GetTimestamp();
        _counts.OnDelivered(now, _time.GetElapsedTime(published, now));
        if (!isForward || !_room.IsInOrder(number, message.Position))
        {
            _counts.OnDisorder();
        }
    }

    private void OnLost(Loss loss)
    {
        lock (_gate)
        {
            _told.Add(loss);
        }
    }

    private void OnGone(string? why)
    {
        if (why is not null && !_isGone)
        {
            _isGone = true;
            _counts.OnError(why);
        }
    }
}
