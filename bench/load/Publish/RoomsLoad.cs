using Switchboard.Load.Crowds;
using Switchboard.Load.Dialects;
using Switchboard.Load.Sockets;

namespace Switchboard.Load.Publish;

/// <summary>Many rooms with their publishers and receivers, on a loop of its own.</summary>
internal sealed class RoomsLoad : IDisposable
{
    private static readonly TimeSpan _openBound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _drainBound = TimeSpan.FromSeconds(10);

    private readonly PublishOptions _options;
    private readonly string _runId;
    private readonly Crowd<ReceiverLink> _receivers;
    private readonly Crowd<PipelineLink> _publishers;

    /// <summary>Opens everything. The <paramref name="runId"/> keeps the rooms of two runs apart.</summary>
    public RoomsLoad(PublishOptions options, string runId)
    {
        _options = options;
        _runId = runId;
        try
        {
            _receivers = Crowd<ReceiverLink>.Open(
                Loop, options.Rooms * options.Receivers, _openBound, OpenReceiver);
            _publishers = Crowd<PipelineLink>.Open(
                Loop, options.Rooms * options.Publishers, _openBound, OpenPublisher);
        }
        catch
        {
            _receivers?.Dispose();
            Loop.Dispose();
            throw;
        }
    }

    public Loop Loop { get; } = new();

    public PublishTally Tally { get; } = new();

    /// <summary>Publishes from here on, as the options say.</summary>
    public void Start()
    {
        if (_options.Rate > 0)
        {
            Loop.AfterTurn = new Clock(_publishers.Links, Tally, _options.Rate, _options.Burst).Tick;
            return;
        }

        foreach (var publisher in _publishers.Links)
        {
            publisher.Keep(_options.Inflight);
        }
    }

    /// <summary>Stops publishing, and waits for what is under way. Throws unless every message was acknowledged and
    /// reached every receiver, at the offset of its acknowledgement.</summary>
    public void Finish()
    {
        Loop.AfterTurn = null;
        foreach (var publisher in _publishers.Links)
        {
            publisher.Keep(0);
        }

        if (!Loop.RunUntil(
            () => Tally.Acknowledged == Tally.Published && Tally.Delivered == Tally.Published * _options.Receivers,
            _drainBound))
        {
            throw new LoadException(
                $"of {Tally.Published} publishes {Tally.Acknowledged} were acknowledged, " +
                $"and {Tally.Delivered} of {Tally.Published * _options.Receivers} deliveries came");
        }

        for (var i = 0; i < _receivers.Links.Count; i++)
        {
            Compare(i / _options.Receivers, _receivers.Links[i]);
        }
    }

    public void Dispose()
    {
        _publishers.Dispose();
        _receivers.Dispose();
        Loop.Dispose();
    }

    private void Compare(int room, ReceiverLink receiver)
    {
        for (var i = 0; i < _options.Publishers; i++)
        {
            if (receiver.Received[i] != _publishers.Links[(room * _options.Publishers) + i].Acknowledged)
            {
                throw new LoadException(
                    $"room {Name(room)}: a receiver saw other messages, or other offsets, than were acknowledged");
            }
        }
    }

    private ReceiverLink OpenReceiver(int number, Action ready)
    {
        var room = Name(number / _options.Receivers);
        var greeting = new SwitchboardDialect(_options.Edges[^1], room).Member($"r{number}");
        return new ReceiverLink(Loop, greeting, new Feed(room), Tally, _options.Publishers, ready);
    }

    private PipelineLink OpenPublisher(int number, Action ready)
    {
        var room = Name(number / _options.Publishers);
        var greeting = new SwitchboardDialect(_options.Edges[0], room).Member($"p{number}");
        var frame = new PublishFrame(room, _options.Size);
        return new PipelineLink(Loop, greeting, frame, Tally, number % _options.Publishers, ready);
    }

    private string Name(int room) => $"{_options.RoomPrefix}{_runId}-{room}";
}
