using System.Text.Json;
using Switchboard.Client.Wire;

namespace Switchboard.Client.Session;

/// <summary>
/// The feeds of the user and of the connection. A connection that could not be resumed has a feed of its own that is
/// another, but that of the user is the same: what was missed there is read from its history, before what comes live.
/// </summary>
internal sealed class OwnFeeds(Outbox outbox, ISessionHost host, IClientEvents client, MessageFields fields, Func<long> nextId)
{
    private readonly List<DirectMessage> _held = [];
    private PendingQuery<bool>? _catchingUp;
    private Position _start;

    public Feed User { get; } = new();

    public Feed Connection { get; } = new();

    public void OnWelcome(JsonElement positions, bool isAgain, long deadline)
    {
        JsonElement user = positions.GetProperty("user");
        JsonElement connection = positions.GetProperty("connection");
        bool? recovered = connection.Flag("recovered");
        bool isNew = recovered is null && Connection.IsKnown && Connection.Position != connection.ReadPosition();
        TellLost(true, Connection.Start(connection.ReadPosition(), isNew ? false : recovered, isNew ? LossReasons.NotResumed : connection.Text("reason")));

        _start = user.ReadPosition();
        if (user.Flag("recovered") is null && User.IsKnown && User.Position != _start)
        {
            CatchUp(deadline);
        }
        else if (!isAgain || user.Flag("recovered") == false)
        {
            TellLost(false, User.Start(_start, user.Flag("recovered"), user.Text("reason")));
        }
    }

    /// <summary>Takes a message that has come live.</summary>
    public void OnMessage(bool isForConnection, DirectMessage message)
    {
        if (!isForConnection && _catchingUp is not null)
        {
            _held.Add(message);
        }
        else
        {
            Deliver(message);
        }
    }

    public void OnLost(bool isForConnection, Position to) =>
        TellLost(isForConnection, (isForConnection ? Connection : User).Lose(to));

    /// <summary>What is held comes again, as its positions were not kept.</summary>
    public void OnBroken()
    {
        if (_catchingUp is not null)
        {
            outbox.TryRemove(_catchingUp);
            _catchingUp = null;
            _held.Clear();
        }
    }

    private void CatchUp(long deadline)
    {
        _catchingUp = new PendingQuery<bool>(null, raw => Take(raw, deadline), _ => GiveUp())
        {
            Id = nextId(),
            Deadline = deadline,
        };
        RoomCommands.WriteHistory(_catchingUp, null, "user", new HistoryOptions { After = User.Position, Limit = 100 });
        outbox.AddEarly(_catchingUp);
        host.Wake();
    }

    private bool Take(ReadOnlyMemory<byte> raw, long deadline)
    {
        using JsonDocument page = JsonDocument.Parse(raw);
        ulong epoch = page.RootElement.ReadPosition().Life;
        foreach (JsonElement item in page.RootElement.Items("messages"))
        {
            DirectMessage message = new(isForConnection: false);
            fields.Fill(message, item, epoch);
            if (message.Position.Offset <= _start.Offset)
            {
                Deliver(message);
            }
        }

        // Offsets that are missing were replaced, not lost: at the end of the history, everything was seen.
        if (page.RootElement.Flag("more") == true && User.Position.Offset < _start.Offset)
        {
            CatchUp(deadline);
        }
        else
        {
            User.Set(_start);
            GoOn();
        }

        return true;
    }

    private void GiveUp()
    {
        TellLost(false, User.Start(_start, false, LossReasons.NotResumed));
        GoOn();
    }

    private void GoOn()
    {
        _catchingUp = null;
        _held.ForEach(Deliver);
        _held.Clear();
    }

    private void Deliver(DirectMessage message)
    {
        Feed feed = message.IsForConnection ? Connection : User;
        if (message.Position.IsNone || feed.Take(message.Position.Offset))
        {
            host.Tell(static (whom, message) => ((IClientEvents)whom).OnMessage((DirectMessage)message!), client, message);
        }
    }

    private void TellLost(bool isForConnection, Loss? loss)
    {
        if (loss is not null)
        {
            host.Tell(
                static (whom, loss) => ((IClientEvents)whom).OnLost((DirectLoss)loss!),
                client,
                new DirectLoss(isForConnection, loss));
        }
    }
}
