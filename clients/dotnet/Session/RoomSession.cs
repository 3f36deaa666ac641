using System.Text.Json;

namespace Switchboard.Client.Session;

/// <summary>
/// One room: how it is wanted, how it is on this connection, and the one step that leads from the one to the other. What
/// was under way when a connection broke is found out that way, too.
/// </summary>
internal sealed class RoomSession(string name)
{
    private long _blocked;
    private int _underWay;
    private Passage _passage;
    private volatile bool _isBeingGiven;
    private int _stateWanted;
    private int _stateOnItsWay;
    private int _stateSet;
    private ReadOnlyMemory<byte> _stateSent;
    private ReadOnlyMemory<byte> _stateTaken;

    public string Name { get; } = name;

    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(name);

    public Feed Feed { get; } = new();

    public PresenceBook Presence { get; } = new();

    /// <summary>Whom it tells; null where the program has not asked for the room yet.</summary>
    public IRoomEvents? Events { get; set; }

    public MessageStreams Streams { get; } = new();

    /// <summary>Whether the program wants to be a member.</summary>
    public bool IsWanted { get; private set; }

    public Membership Membership { get; private set; }

    public JoinOptions Options { get; private set; } = JoinOptions.Default;

    /// <summary>The presence state that is wanted; empty for none.</summary>
    public ReadOnlyMemory<byte> State { get; private set; }

    /// <summary>A token for the next join, where one is needed.</summary>
    public string? Token { get; private set; }

    public bool IsTokenAwaited { get; set; }

    /// <summary>Waits for the room to be joined; null where nobody does.</summary>
    public TaskCompletionSource<Joined>? Joining { get; private set; }

    /// <summary>There until the room is left, though it may be wanted again meanwhile.</summary>
    public TaskCompletionSource? Leaving { get; private set; }

    public TaskCompletionSource? Setting { get; private set; }

    /// <summary>Whether a join is asked with a position.</summary>
    public bool HasPosition => Feed.IsKnown;

    /// <summary>The step that leads on from here.</summary>
    public RoomStep NextStep => (IsWanted, Membership) switch
    {
        (true, Membership.Out) => Options.Token is null || Token is not null ? RoomStep.Join : RoomStep.GetToken,
        (false, Membership.In) => RoomStep.Leave,
        (true, Membership.In) when Leaving is not null => RoomStep.Leave,
        (true, Membership.In) when _stateOnItsWay == 0 && _stateSet != _stateWanted => RoomStep.SetState,
        _ => RoomStep.None,
    };

    /// <summary>Whether it is to be joined before anything else is asked of it.</summary>
    public bool IsHeldBack => IsWanted && (Membership == Membership.Out || Leaving is not null);

    /// <summary>Whether the program is about to hear that a server has given it the room. From any thread.</summary>
    public bool IsBeingGiven
    {
        get => _isBeingGiven;
        set => _isBeingGiven = value;
    }

    /// <summary>Keeps what comes behind from being sent in this pass.</summary>
    public void Block(long pass) => _blocked = pass;

    public bool IsBlocked(long pass) => _blocked == pass;

    /// <summary>Whether a publish may not be sent before those that were are answered.</summary>
    public bool IsFull => _passage != Passage.Wide && _underWay > 0;

    /// <summary>A publish is sent.</summary>
    public void OnPublishSent() => _underWay++;

    /// <summary>One is not under way any more.</summary>
    /// <returns>Whether others may be sent that could not be before.</returns>
    public bool OnPublishEnded()
    {
        bool opens = --_underWay == 0 && _passage != Passage.Wide;
        if (opens)
        {
            _passage = _passage == Passage.Clearing ? Passage.Narrow : Passage.Wide;
        }

        return opens;
    }

    /// <summary>
    /// A publish is to be sent again: that happens once all that is under way was answered, and then it goes alone, so that
    /// nothing is ahead of it that should be behind.
    /// </summary>
    public void Narrow() => _passage = _underWay > 0 ? Passage.Clearing : Passage.Narrow;

    public Task<Joined> Want(JoinOptions options)
    {
        if (IsWanted)
        {
            throw new SwitchboardException(ErrorCodes.AlreadyJoined, $"the room '{Name}' is joined already, or about to be");
        }

        IsWanted = true;
        Options = options;
        State = options.State;
        _stateWanted++;
        Feed.Set(options.From);
        Joining = new TaskCompletionSource<Joined>(TaskCreationOptions.RunContinuationsAsynchronously);
        return Joining.Task;
    }

    public Task Unwant()
    {
        IsWanted = false;
        Joining?.TrySetException(new SwitchboardException(ErrorCodes.Canceled, $"the room '{Name}' was left before it was joined"));
        Joining = null;
        FailSetting(new SwitchboardException(ErrorCodes.NotJoined, $"the room '{Name}' was left"));
        if (Membership == Membership.Out)
        {
            return Task.CompletedTask;
        }

        Leaving ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Leaving.Task;
    }

    public Task SetState(ReadOnlyMemory<byte> state)
    {
        if (!IsWanted)
        {
            throw new SwitchboardException(ErrorCodes.NotJoined, $"the room '{Name}' is not joined: join it first");
        }

        State = state;
        _stateWanted++;
        Setting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Setting.Task;
    }

    public void OnToken(string? token)
    {
        IsTokenAwaited = false;
        Token = token;
    }

    /// <summary>A step is on its way.</summary>
    public void OnSent(RoomStep step)
    {
        switch (step)
        {
            case RoomStep.Join:
                Membership = Membership.Joining;
                OnStateSent();
                Token = null;
                break;
            case RoomStep.Leave:
                Membership = Membership.Leaving;
                break;
            default:
                OnStateSent();
                break;
        }
    }

    /// <summary>The connection is a member; perhaps because a server wants it.</summary>
    public void OnJoined(Joined joined)
    {
        if (Membership == Membership.Out)
        {
            IsWanted = true;
            _stateSet = _stateWanted;
        }

        Membership = Membership.In;
        OnStateSet();
        if (Leaving is null)
        {
            Joining?.TrySetResult(joined);
            Joining = null;
        }
    }

    public void OnStateSet()
    {
        if (_stateOnItsWay != 0)
        {
            _stateSet = _stateOnItsWay;
            _stateTaken = _stateSent;
            _stateOnItsWay = 0;
        }

        if (_stateSet == _stateWanted)
        {
            Setting?.TrySetResult();
            Setting = null;
        }
    }

    /// <summary>The one before stays. A newer one that waits is tried yet, and counts for both.</summary>
    public void OnStateRefused(SwitchboardException error)
    {
        bool isNewest = _stateOnItsWay == _stateWanted;
        _stateSet = _stateOnItsWay;
        _stateOnItsWay = 0;
        if (isNewest)
        {
            State = _stateTaken;
            FailSetting(error);
        }
    }

    /// <summary>The connection is not a member any more.</summary>
    /// <param name="isWanted">Whether it is to be joined again.</param>
    public void OnOut(bool isWanted)
    {
        Membership = Membership.Out;
        IsWanted = isWanted;
        _stateOnItsWay = 0;
        if (isWanted && Leaving is not null)
        {
            // It was asked for anew, so it begins where that says.
            Feed.Set(Options.From);
        }

        Leaving?.TrySetResult();
        Leaving = null;
        if (!isWanted)
        {
            Presence.Clear();
            FailSetting(new SwitchboardException(ErrorCodes.NotJoined, $"the room '{Name}' was left"));
        }
    }

    /// <summary>The room can't be joined.</summary>
    /// <returns>Whether somebody waited for it, who knows now.</returns>
    public bool OnRefused(Exception error)
    {
        OnOut(isWanted: false);
        bool waited = Joining?.TrySetException(error) == true;
        Joining = null;
        return waited;
    }

    /// <summary>On a resumed connection: whether it is still a member.</summary>
    public void OnResumed(bool isIn)
    {
        if (isIn && Membership == Membership.Joining)
        {
            // The join was carried out, and brought its state along.
            OnStateSet();
        }

        Membership = isIn ? Membership.In : Membership.Out;
        _stateOnItsWay = 0;
        if (isIn && IsWanted && Leaving is null)
        {
            Joining?.TrySetResult(new Joined(Feed.Position, false, null));
            Joining = null;
        }
        else if (!isIn)
        {
            OnOut(IsWanted);
        }
    }

    /// <summary>The client is closed.</summary>
    public void Close(SwitchboardException error)
    {
        Joining?.TrySetException(error);
        Leaving?.TrySetException(error);
        FailSetting(error);
        Joining = null;
        Leaving = null;
        Streams.Complete();
    }

    private void OnStateSent()
    {
        _stateOnItsWay = _stateWanted;
        _stateSent = State;
    }

    private void FailSetting(SwitchboardException error)
    {
        Setting?.TrySetException(error);
        Setting = null;
    }
}
