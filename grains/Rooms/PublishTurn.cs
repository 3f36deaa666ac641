using Switchboard.Core.Backplane;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Rooms.Logic;
using Switchboard.Grains.Rooms.Logic;

namespace Switchboard.Grains.Rooms;

/// <summary>What becomes of one batch: published in one turn of the room, answered when its logic and its log have answered.</summary>
internal sealed class PublishTurn(Publication[] publications)
{
    private readonly PublishResult[] _results = new PublishResult[publications.Length];
    private LogicInput?[]? _asked;
    private Staged[]? _staged;

    /// <summary>Publishes what the room decides itself, and asks its logic, if it has one, about what members sent.</summary>
    public void Begin(Room room, LogicPump? logic, long now)
    {
        for (int i = 0; i < publications.Length; i++)
        {
            if (logic is not null && publications[i].Sender is not null)
            {
                (_asked ??= new LogicInput?[publications.Length])[i] = logic.Ask(publications[i], out _results[i]);
                continue;
            }

            _results[i] = room.Publish(publications[i], now, out Staged staged);
            Keep(i, staged);
        }
    }

    /// <summary>One for each message, in the order of the batch.</summary>
    public async ValueTask<PublishResult[]> ResultsAsync()
    {
        for (int i = 0; i < _asked?.Length; i++)
        {
            if (_asked[i] is { } input)
            {
                await input.Completion;
                _results[i] = input.Result;
                Keep(i, input.Staged);
            }
        }

        for (int i = 0; i < _staged?.Length; i++)
        {
            if (_staged[i].Commit is { } commit)
            {
                await commit.Completion;
                _results[i] = _staged[i].Result;
            }
        }

        return _results;
    }

    private void Keep(int index, in Staged staged)
    {
        if (staged.Commit is not null)
        {
            (_staged ??= new Staged[publications.Length])[index] = staged;
        }
    }
}
