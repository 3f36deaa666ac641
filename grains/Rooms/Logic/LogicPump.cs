using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Switchboard.Core.Feeds;
using Switchboard.Core.Rooms;
using Switchboard.Core.Rooms.Logic;
using Switchboard.GrainInterfaces.Rooms.Logic;

namespace Switchboard.Grains.Rooms.Logic;

/// <summary>
/// Tells a room's logic what happens, one turn after another. A turn whose answer did not come is told again, until the logic is up
/// again or it has taken too long. Runs on the room grain's scheduler.
/// </summary>
internal sealed partial class LogicPump(Room room, IRoomLogicGrain logic, GrainServices services, Action onProgress)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    // Longer than it takes to find a silo dead. Whoever waits has given up before, and asks again with the same key.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly LogicQueue _queue = new(room);
    private readonly Epoch _life = Epoch.Create(services.Random);
    private bool _isRunning;
    private bool _isStopped;

    /// <inheritdoc cref="LogicQueue.Ask"/>
    public LogicInput? Ask(in Publication publication, out Core.Backplane.PublishResult result) => _queue.Ask(publication, out result);

    /// <summary>Tells what waits, if that is not being done already.</summary>
    public void Start()
    {
        if (!_isRunning && !_isStopped && _queue.HasWork)
        {
            RunAsync(alsoNothing: false).Ignore();
        }
    }

    /// <summary>Sees to it that the logic is there while somebody is in the room.</summary>
    public void Pulse()
    {
        if (!_isRunning && !_isStopped && room.MemberCount > 0)
        {
            RunAsync(alsoNothing: true).Ignore();
        }
    }

    /// <summary>The room goes on elsewhere: nothing is published here any more.</summary>
    public void Stop()
    {
        _isStopped = true;
        _queue.FailWaiting();
    }

    private async Task RunAsync(bool alsoNothing)
    {
        _isRunning = true;
        try
        {
            while (!_isStopped && _queue.TryTake(alsoNothing, out LogicTurn? turn))
            {
                alsoNothing = false;
                await TellAsync(turn);
            }
        }
        finally
        {
            _isRunning = false;
        }
    }

    private async Task TellAsync(LogicTurn turn)
    {
        long began = services.Time.GetTimestamp();
        TimeSpan pause = FirstPause;
        PresenceMember[]? members = null;
        while (true)
        {
            try
            {
                RoomTurnAnswer answer = await logic.TakeTurnAsync(MessageOf(turn, members));
                if (!answer.NeedsMembers)
                {
                    End(turn, answer);
                    return;
                }

                if (members is null)
                {
                    members = [.. _queue.Members];
                    continue;
                }
            }
            catch (Exception exception) when (ClusterFault.Is(exception))
            {
                LogAway(services.MembershipLog, room.Name.Value, exception.Message);
            }
            catch (Exception exception)
            {
                // No such grain, or one that fails in what follows from its turns: it is asked again, after a pause.
                LogFailed(services.MembershipLog, room.Name.Value, exception);
            }

            if (_isStopped || services.Time.GetElapsedTime(began) > Patience)
            {
                _queue.Fail(turn);
                return;
            }

            await Task.Delay(pause, services.Time);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private void End(LogicTurn turn, RoomTurnAnswer answer)
    {
        if (_isStopped)
        {
            _queue.Fail(turn);
            return;
        }

        _queue.Complete(turn, answer.Verdicts, services.Now());
        onProgress();
    }

    private RoomTurn MessageOf(LogicTurn turn, PresenceMember[]? members) => new()
    {
        Life = _life,
        First = turn.First,
        Notices =
        [
            .. turn.Notices.Select(static notice => new RoomNotice
            {
                Kind = notice.Kind,
                Member = notice.Member,
                Input = notice.Kind == NoticeKind.Input ? notice.Publication : null,
            }),
        ],
        Members = members,
    };

    [LoggerMessage(1, LogLevel.Debug, "The logic of room {Room} is away, and is told again: {Problem}")]
    private static partial void LogAway(ILogger logger, string room, string problem);

    [LoggerMessage(2, LogLevel.Error, "The logic of room {Room} can't be told what happens there, and is told again")]
    private static partial void LogFailed(ILogger logger, string room, Exception exception);
}
