using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Switchboard.Client.Running;
using Switchboard.Client.Session;
using Switchboard.Client.Transports;
using Switchboard.Client.Wire;

namespace Switchboard.Client;

/// <summary>
/// A connection to a Switchboard server that heals itself: rooms, messages to users and connections, and what they send.
/// All members may be called from any thread. Events are raised one after another, on the thread pool.
/// </summary>
public sealed class SwitchboardClient : IAsyncDisposable, IClientEvents
{
    private readonly ConnectionLoop _loop;
    private readonly StateKeeper _states;
    private readonly MessageSending _sending;
    private readonly int _streamCapacity;

    /// <summary>A client, which does nothing before <see cref="ConnectAsync"/>.</summary>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public SwitchboardClient(SwitchboardClientOptions options)
        : this(options, CreateTransports(options), new Random())
    {
    }

    internal SwitchboardClient(SwitchboardClientOptions options, IReadOnlyList<ITransport> transports, Random random)
    {
        options.Validate();
        _streamCapacity = options.StreamCapacity;
        Notifier notifier = new(OnHandlerFailed);
        _states = new StateKeeper(notifier, change => StateChanged?.Invoke(change));
        _loop = new ConnectionLoop(options, transports, this, _states, notifier, random);
        _sending = new MessageSending(_loop.Session, RandomNumberGenerator.GetHexString(20, lowercase: true) + "-");
    }

    /// <summary>The state has changed, or another attempt has failed.</summary>
    public event Action<StateChange>? StateChanged;

    /// <summary>A message has come for this user or this connection.</summary>
    public event Action<DirectMessage>? Message;

    /// <summary>Messages for this user or this connection were lost.</summary>
    public event Action<DirectLoss>? Lost;

    /// <summary>A server has made this connection a member of a room.</summary>
    public event Action<Room>? RoomGiven;

    /// <summary>
    /// A handler of one of these events has thrown. Where nobody listens to this, the exception ends the program, as on
    /// any thread.
    /// </summary>
    public event Action<Exception>? HandlerFailed;

    /// <summary>How the client stands.</summary>
    public ConnectionState State => _states.State;

    /// <summary>The connection's id, to which others can send; null before the first welcome. Another one when it could not be resumed.</summary>
    public string? ConnectionId => _loop.Session.ConnectionId;

    /// <summary>The user, as the server knows it; null before the first welcome.</summary>
    public string? User => _loop.Session.User;

    /// <summary>Connects, and from then on again whenever the connection breaks.</summary>
    /// <param name="cancellationToken">Ends the waiting; the client goes on trying until it is disposed of.</param>
    /// <returns>Ends with the first welcome.</returns>
    /// <exception cref="SwitchboardException">The server refused in a way that trying again does not change.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken = default) => _loop.ConnectAsync().WaitAsync(cancellationToken);

    /// <summary>The room with a name; the same object each time. It need not be joined.</summary>
    public Room Room(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_loop.Session.Gate)
        {
            RoomSession room = _loop.Session.Rooms.Get(name);
            return (Room)(room.Events ??= new Room(room, _loop.Session, _sending, _streamCapacity));
        }
    }

    /// <summary>Sends a value to all connections of a user.</summary>
    /// <returns>Its place in the user's feed.</returns>
    /// <exception cref="SwitchboardException">It was refused, or could not be sent.</exception>
    public ValueTask<Position> SendToUserAsync<T>(
        string user, T value, JsonTypeInfo<T> type, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _sending.SendAsync(new Receiver(null, user), value, type, options, cancellationToken);

    /// <summary>Sends a text, as a JSON string, to all connections of a user.</summary>
    /// <inheritdoc cref="SendToUserAsync{T}"/>
    public ValueTask<Position> SendToUserAsync(
        string user, string text, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _sending.SendAsync(new Receiver(null, user), text, options, cancellationToken);

    /// <summary>Sends opaque bytes to all connections of a user.</summary>
    /// <inheritdoc cref="SendToUserAsync{T}"/>
    public ValueTask<Position> SendBytesToUserAsync(
        string user, ReadOnlySpan<byte> bytes, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _sending.SendBytesAsync(new Receiver(null, user), bytes, options, cancellationToken);

    /// <summary>Sends a value to one connection.</summary>
    /// <returns>Its place in the connection's feed.</returns>
    /// <exception cref="SwitchboardException">It was refused, or could not be sent.</exception>
    public ValueTask<Position> SendToConnectionAsync<T>(
        string connectionId, T value, JsonTypeInfo<T> type, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _sending.SendAsync(new Receiver(null, connectionId, IsConnection: true), value, type, options, cancellationToken);

    /// <summary>Sends a text, as a JSON string, to one connection.</summary>
    /// <inheritdoc cref="SendToConnectionAsync{T}"/>
    public ValueTask<Position> SendToConnectionAsync(
        string connectionId, string text, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _sending.SendAsync(new Receiver(null, connectionId, IsConnection: true), text, options, cancellationToken);

    /// <summary>Sends opaque bytes to one connection.</summary>
    /// <inheritdoc cref="SendToConnectionAsync{T}"/>
    public ValueTask<Position> SendBytesToConnectionAsync(
        string connectionId, ReadOnlySpan<byte> bytes, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _sending.SendBytesAsync(new Receiver(null, connectionId, IsConnection: true), bytes, options, cancellationToken);

    /// <summary>Reads a page of the history of this user's direct messages.</summary>
    /// <exception cref="SwitchboardException">It was refused, or there was no answer.</exception>
    public Task<HistoryPage<DirectMessage>> HistoryAsync(
        HistoryOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new HistoryOptions();
        PendingQuery<HistoryPage<DirectMessage>> query = new(
            null, static raw => HistoryReader.Read(raw, static () => new DirectMessage(isForConnection: false)))
        {
            Id = _loop.Session.NextId(),
        };
        RoomCommands.WriteHistory(query, null, "user", options);
        return _loop.Session.AskAsync(query, cancellationToken);
    }

    /// <summary>
    /// Says goodbye, which the server has 5 seconds to answer: the connection leaves its rooms at once. What was not answered fails,
    /// and of what waits to be told only the end is. From a handler, too.
    /// </summary>
    public Task CloseAsync() => DisposeAsync().AsTask();

    /// <inheritdoc cref="CloseAsync"/>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    void IClientEvents.OnMessage(DirectMessage message) => Message?.Invoke(message);

    void IClientEvents.OnLost(DirectLoss loss) => Lost?.Invoke(loss);

    void IClientEvents.OnRoomGiven(RoomSession room) => RoomGiven?.Invoke(Room(room.Name));

    private static ITransport[] CreateTransports(SwitchboardClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return [.. options.Transports.Select(kind => TransportFactory.Create(kind, options))];
    }

    private bool OnHandlerFailed(Exception failure)
    {
        HandlerFailed?.Invoke(failure);
        return HandlerFailed is not null;
    }
}
