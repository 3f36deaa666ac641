using Switchboard.Core.Backplane;
using Switchboard.Gateway.Sessions;
using Switchboard.Gateway.WebSockets;
using Switchboard.Protocol.Envelope;
using Switchboard.Protocol.Envelope.Commands;
using Switchboard.Protocol.Envelope.Events;
using Switchboard.Protocol.Envelope.Fallbacks;
using Switchboard.Protocol.Framing;

namespace Switchboard.Gateway.Fallbacks;

/// <summary>
/// A session without a socket. Its commands come with the request that it lives in, or with later ones, which may come
/// in on any edge; they are carried out one after another.
/// </summary>
internal sealed class FallbackSession : ClientSession
{
    private readonly Lock _gate = new();
    private readonly Queue<FallbackCommand> _waiting = new();
    private readonly FallbackOptions _options;
    private readonly Action _wake;
    private readonly Func<bool> _isFull;
    private TaskCompletionSource? _settled;
    private Task _carryingOut = Task.CompletedTask;
    private long _nextSequence;
    private bool _isRunning;
    private bool _isOver;
    private bool _closes;
    private bool _isWoken;

    /// <summary>A session whose request has just come in.</summary>
    /// <param name="connection">The connection that stands for its socket.</param>
    /// <param name="services">What all sessions share.</param>
    /// <param name="client">Whose it is.</param>
    /// <param name="codec">What it speaks.</param>
    /// <param name="serving">How it is served.</param>
    public FallbackSession(
        WebSocketConnection connection, SessionServices services, in IdentityResult client, IEnvelopeCodec codec, FallbackServing serving)
        : base(connection, services, client, codec, deflate: null)
    {
        _options = services.Options.Fallbacks;
        _nextSequence = Math.Max(serving.FirstSequence, 1);
        _wake = serving.Wake;
        _isFull = serving.IsFull;
    }

    /// <summary>The answer to connect; null where there is none yet.</summary>
    public WelcomeEvent? Welcomed { get; private set; }

    /// <summary>Whether something came with a later request.</summary>
    public bool HasReceived { get; private set; }

    /// <summary>Whether the client has said goodbye, and all before that is carried out.</summary>
    public bool IsGoodbye { get; private set; }

    public override bool ResumesByToken => true;

    public override void OnWelcome(WelcomeEvent welcome) => Welcomed = welcome;

    public override void OnSettled() => Volatile.Read(ref _settled)?.TrySetResult();

    /// <summary>Between two commands, which are carried out elsewhere than where this is called.</summary>
    public override ValueTask OnWokenAsync()
    {
        lock (_gate)
        {
            _isWoken = true;
            Run();
        }

        return default;
    }

    public override ReceiveResult Receive(ReadOnlyMemory<byte> request)
    {
        // It was read before, by the edge that it came in on.
        if (!FallbackRequest.TryDecode(request, int.MaxValue, out FallbackRequest? read, out _))
        {
            return default;
        }

        lock (_gate)
        {
            if (_isOver || _closes)
            {
                return default;
            }

            ReceiveStatus status = read!.Sequence < _nextSequence ? ReceiveStatus.Repeated
                : read.Sequence > _nextSequence ? ReceiveStatus.OutOfOrder
                : _waiting.Count + read.Commands.Count > _options.MaxWaitingCommands ? ReceiveStatus.Busy
                : ReceiveStatus.Taken;
            if (status == ReceiveStatus.Taken)
            {
                _nextSequence++;
                HasReceived = true;
                Enqueue(read.Commands, read.Close);
            }

            return new ReceiveResult(status, _nextSequence);
        }
    }

    /// <summary>Begins with the commands of its own request.</summary>
    public void Begin(FallbackRequest request)
    {
        lock (_gate)
        {
            _waiting.Enqueue(new FallbackCommand(request.Connect, FrameKind.Text));
            Enqueue(request.Commands, request.Close);
        }
    }

    /// <summary>Takes no more requests; what waits is still carried out.</summary>
    public void CloseInbox()
    {
        lock (_gate)
        {
            _isOver = true;
        }
    }

    /// <summary>Completes when what was taken so far is carried out; what waits for the backplane may not be answered yet.</summary>
    public Task CarriedOutAsync()
    {
        lock (_gate)
        {
            return _carryingOut;
        }
    }

    /// <summary>Puts a mark behind everything that there is to say to what was taken so far.</summary>
    public async Task MarkAsync()
    {
        await CarriedOutAsync();
        await SettledAsync();
        Connection.Outbound.Send(Opcode.Ping, []);
        Connection.Outbound.Flush();
    }

    private void Enqueue(IReadOnlyList<FallbackCommand> commands, bool close)
    {
        foreach (FallbackCommand command in commands)
        {
            _waiting.Enqueue(command);
        }

        _closes |= close;
        Run();
    }

    private void Run()
    {
        if (!_isRunning)
        {
            _isRunning = true;
            _carryingOut = Task.Run(CarryOutAsync);
        }
    }

    private async Task CarryOutAsync()
    {
        while (TryDequeue(out FallbackCommand command, out bool woken))
        {
            // As on a socket: what comes after a close was sent is discarded.
            if (Connection.IsClosing)
            {
                continue;
            }

            if (!woken && _isFull())
            {
                Refuse(command);
            }
            else
            {
                await CarryOutAsync(command, woken);
            }

            // A client that does not read is not listened to either; and whether the answer is full, is known then.
            await Connection.Outbound.FlushAsync();
        }

        _wake();
    }

    private bool TryDequeue(out FallbackCommand command, out bool woken)
    {
        command = default;
        lock (_gate)
        {
            woken = _isWoken;
            _isWoken = false;
            _isRunning = woken || _waiting.TryDequeue(out command);
            IsGoodbye = !_isRunning && _closes;
            return _isRunning;
        }
    }

    private async ValueTask CarryOutAsync(FallbackCommand command, bool woken)
    {
        try
        {
            await (woken ? base.OnWokenAsync() : OnMessageAsync(command.Message.Span, command.Frame == FrameKind.Binary));
        }
        catch (Exception e)
        {
            Connection.Fail(e);
        }
    }

    // The command was not carried out, because no more answers fit.
    private void Refuse(FallbackCommand command)
    {
        Span<byte> scratch = stackalloc byte[EnvelopeLimits.ScratchBytes];
        bool decoded = Writer.Codec.TryDecode(
            command.Message.Span, command.Frame, scratch, out Command read, out ErrorEvent error);
        WriteError(decoded
            ? new ErrorEvent(read.Id, ErrorCodes.Unavailable, "not carried out, as the answer was full; send it again", Retry: true)
            : error);
    }

    // Completes when every publish that was carried out is answered.
    private Task SettledAsync()
    {
        TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _settled, settled);
        if (Volatile.Read(ref InFlight) == 0)
        {
            settled.TrySetResult();
        }

        return settled.Task;
    }
}
