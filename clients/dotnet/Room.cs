using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Switchboard.Client.Running;
using Switchboard.Client.Session;
using Switchboard.Client.Wire;

namespace Switchboard.Client;

/// <summary>
/// A room. Joined once, it stays so over reconnects, until it is left or the server takes this client out of it.
/// </summary>
public sealed class Room : IRoomEvents
{
    private readonly RoomSession _room;
    private readonly SessionCore _session;
    private readonly MessageSending _sending;
    private readonly int _streamCapacity;

    internal Room(RoomSession room, SessionCore session, MessageSending sending, int streamCapacity)
    {
        _room = room;
        _session = session;
        _sending = sending;
        _streamCapacity = streamCapacity;
    }

    /// <summary>A message has come.</summary>
    public event Action<RoomMessage>? Message;

    /// <summary>This client has become a member; also when it has joined again by itself.</summary>
    public event Action<Joined>? Joined;

    /// <summary>This client is not a member any more: with the server's reason, or null where the program has left.</summary>
    public event Action<string?>? Left;

    /// <summary>Messages were lost.</summary>
    public event Action<Loss>? Lost;

    /// <summary>Members came, went, or changed their state. Only where <see cref="JoinOptions.Presence"/> was asked for.</summary>
    public event Action<PresenceChange>? PresenceChanged;

    /// <summary>The name.</summary>
    public string Name => _room.Name;

    /// <summary>Whether this client is a member now.</summary>
    public bool IsJoined
    {
        get
        {
            lock (_session.Gate)
            {
                return _session.IsConnected && _room.Membership == Membership.In;
            }
        }
    }

    /// <summary>What was seen of the room; none before it was joined.</summary>
    public Position Position
    {
        get
        {
            lock (_session.Gate)
            {
                return _room.Feed.Position;
            }
        }
    }

    /// <summary>Who is in the room, as far as this client was told. Without <see cref="JoinOptions.Presence"/> it is empty.</summary>
    public PresenceSnapshot Members
    {
        get
        {
            lock (_session.Gate)
            {
                return _room.Presence.Snapshot;
            }
        }
    }

    bool IRoomEvents.WantsMessages => Message is not null;

    /// <summary>Joins the room, now or as soon as the client is connected.</summary>
    /// <param name="options">How; null for without presence, from now on.</param>
    /// <param name="cancellationToken">Takes it back: the room is left where it was joined already.</param>
    /// <exception cref="SwitchboardException">It was refused, there was no answer in time, or it is joined already.</exception>
    /// <exception cref="JsonException"><see cref="JoinOptions.State"/> is not JSON.</exception>
    public async Task<Joined> JoinAsync(JoinOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RoomCommands.ThrowIfNotJson(options?.State ?? default);
        Task<Joined> joining;
        lock (_session.Gate)
        {
            _session.ThrowIfClosed();
            joining = _room.Want(options ?? JoinOptions.Default);
            _session.Advance(_room);
        }

        try
        {
            return await _session.WithinAsync(joining, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!joining.IsFaulted)
        {
            lock (_session.Gate)
            {
                if (!joining.IsCompleted)
                {
                    // Nobody waits any more, so nobody wants it.
                    _room.Unwant().Forget();
                    _session.Advance(_room);
                    throw;
                }
            }

            return await joining.ConfigureAwait(false);
        }
    }

    /// <summary>Leaves the room.</summary>
    /// <exception cref="SwitchboardException">There was no answer in time; it is left all the same.</exception>
    public Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        lock (_session.Gate)
        {
            _session.ThrowIfClosed();
            Task leaving = _room.Unwant();
            _session.Advance(_room);
            return _session.WithinAsync(leaving, cancellationToken);
        }
    }

    /// <summary>Publishes a value.</summary>
    /// <param name="value">The payload.</param>
    /// <param name="type">What source-generated JSON knows of it, such as <c>MyContext.Default.MyType</c>.</param>
    /// <param name="options">How; null for reliable.</param>
    /// <param name="cancellationToken">Takes it back; it may have been published all the same.</param>
    /// <returns>
    /// Its place in the room's feed; none for a volatile message, and for one of a slot that a newer one has replaced before
    /// it was sent. To be awaited once.
    /// </returns>
    /// <exception cref="SwitchboardException">It was refused, could not be sent, or was not answered in time.</exception>
    public ValueTask<Position> PublishAsync<T>(
        T value, JsonTypeInfo<T> type, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _sending.SendAsync(new Receiver(_room), value, type, options, cancellationToken);

    /// <summary>Publishes a text, as a JSON string.</summary>
    /// <inheritdoc cref="PublishAsync{T}"/>
    public ValueTask<Position> PublishAsync(
        string text, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _sending.SendAsync(new Receiver(_room), text, options, cancellationToken);

    /// <summary>Publishes one JSON value as it is written.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    /// <inheritdoc cref="PublishAsync{T}"/>
    public ValueTask<Position> PublishJsonAsync(
        ReadOnlySpan<byte> utf8Json, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _sending.SendJsonAsync(new Receiver(_room), utf8Json, options, cancellationToken);

    /// <summary>Publishes opaque bytes.</summary>
    /// <inheritdoc cref="PublishAsync{T}"/>
    public ValueTask<Position> PublishBytesAsync(
        ReadOnlySpan<byte> bytes, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _sending.SendBytesAsync(new Receiver(_room), bytes, options, cancellationToken);

    /// <summary>
    /// The messages from now on, for <c>await foreach</c>. Open it before joining, so that nothing is missed.
    /// </summary>
    public MessageStream ReadAll()
    {
        lock (_session.Gate)
        {
            MessageStream stream = new(_room.Streams, _streamCapacity);
            if (_session.IsClosed)
            {
                stream.Complete();
            }

            return stream;
        }
    }

    /// <summary>Reads a page of the history.</summary>
    /// <exception cref="SwitchboardException">It was refused, or there was no answer.</exception>
    public Task<HistoryPage<RoomMessage>> HistoryAsync(
        HistoryOptions? options = null, CancellationToken cancellationToken = default)
    {
        string name = Name;
        PendingQuery<HistoryPage<RoomMessage>> query = new(_room, raw => HistoryReader.Read(raw, () => new RoomMessage(name)))
        {
            Id = _session.NextId(),
        };
        RoomCommands.WriteHistory(query, _room, null, options ?? new HistoryOptions());
        return _session.AskAsync(query, cancellationToken);
    }

    /// <summary>Asks who is in the room. It need not have been joined with presence.</summary>
    /// <exception cref="SwitchboardException">It was refused, or there was no answer.</exception>
    public Task<PresenceSnapshot> PresenceAsync(CancellationToken cancellationToken = default)
    {
        PendingQuery<PresenceSnapshot> query = new(_room, HistoryReader.ReadPresence) { Id = _session.NextId() };
        RoomCommands.WritePresence(query, _room);
        return _session.AskAsync(query, cancellationToken);
    }

    /// <summary>Replaces this member's presence state.</summary>
    /// <param name="state">The whole new state, of which JSON makes an object.</param>
    /// <param name="type">What source-generated JSON knows of it.</param>
    /// <param name="cancellationToken">Ends the waiting; the state is set all the same.</param>
    /// <exception cref="SwitchboardException">It was refused, or there was no answer in time.</exception>
    public Task SetStateAsync<T>(T state, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        SetStateAsync(JsonSerializer.SerializeToUtf8Bytes(state, type), cancellationToken);

    /// <summary>Takes this member's presence state away.</summary>
    /// <inheritdoc cref="SetStateAsync{T}"/>
    public Task ClearStateAsync(CancellationToken cancellationToken = default) => SetStateAsync(default, cancellationToken);

    void IRoomEvents.OnMessage(RoomMessage message) => Message?.Invoke(message);

    void IRoomEvents.OnJoined(Joined joined) => Joined?.Invoke(joined);

    void IRoomEvents.OnLeft(string? reason) => Left?.Invoke(reason);

    void IRoomEvents.OnLost(Loss loss) => Lost?.Invoke(loss);

    void IRoomEvents.OnPresence(PresenceChange change) => PresenceChanged?.Invoke(change);

    private Task SetStateAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken)
    {
        lock (_session.Gate)
        {
            _session.ThrowIfClosed();
            Task setting = _room.SetState(state);
            _session.Advance(_room);
            return _session.WithinAsync(setting, cancellationToken);
        }
    }
}
