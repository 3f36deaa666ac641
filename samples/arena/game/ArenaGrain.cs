using Orleans;
using Orleans.Runtime;
using Switchboard.Core.Rooms;
using Switchboard.Core.Rooms.Logic;
using Switchboard.Grains.Rooms.Logic;
using Switchboard.Grains.Servers;

namespace Switchboard.Arena;

/// <summary>
/// The loop of one arena. Its room tells it who comes and goes and where players steer; it moves them, and publishes the field to all,
/// 20 times a second.
/// </summary>
[GrainType(Kind)]
public sealed class ArenaGrain([PersistentState("scores", ArenaGrain.Storage)] IPersistentState<Scores> scores) : RoomLogic
{
    /// <summary>The type, which the options of the kind of rooms name.</summary>
    public const string Kind = "arena";

    /// <summary>The grain storage for the scores.</summary>
    public const string Storage = "arena";

    /// <summary>Of which state is the newest.</summary>
    public const string Slot = "field";

    private const int TicksPerSecond = 20;
    private const double LongestStep = 0.25;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1) / TicksPerSecond;

    private readonly Arena _arena = new(Random.Shared);
    private IGrainTimer? _loop;
    private bool _hasNewScores;
    private long _lastTick;
    private int _ticks;

    protected override void OnJoined(PresenceMember member)
    {
        string user = member.User.Value;
        _arena.Enter(member.Connection.Value, user, scores.State.ByUser.GetValueOrDefault(user));
        if (_loop is null)
        {
            _lastTick = Clock.GetTimestamp();
            _loop = this.RegisterGrainTimer(TickAsync, Period, Period);
        }
    }

    // The loop ends by itself, once the scores are written.
    protected override void OnLeft(PresenceMember member) => _arena.Leave(member.Connection.Value);

    protected override InputVerdict OnInput(RoomInput input)
    {
        if (!input.TryRead(ArenaJson.Default.Steering, out Steering? steering))
        {
            return InputVerdict.Refuse;
        }

        // The others see where the player goes, not the keys.
        _arena.Steer(input.Connection.Value, steering!.X, steering.Y);
        return InputVerdict.Consume;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await WriteScoresAsync(cancellationToken);
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private async Task TickAsync(CancellationToken cancel)
    {
        if (Members.Count == 0 && !_hasNewScores)
        {
            _loop?.Dispose();
            _loop = null;
            return;
        }

        // As much as the clock says, but no leap over half the field when the silo was held up.
        long now = Clock.GetTimestamp();
        TimeSpan passed = Clock.GetElapsedTime(_lastTick, now);
        _lastTick = now;
        foreach (Player winner in _arena.Step(Math.Min(passed.TotalSeconds, LongestStep)))
        {
            // Who is there twice counts twice; the higher count is kept.
            scores.State.ByUser[winner.Name] = Math.Max(winner.Score, scores.State.ByUser.GetValueOrDefault(winner.Name));
            _hasNewScores = true;
        }

        await Room.PublishAsync(ServerMessage.Json(_arena.View(), ArenaJson.Default.ArenaView).AsLatest(Slot));
        if (++_ticks % TicksPerSecond == 0)
        {
            await WriteScoresAsync(cancel);
        }

        // A period begins when the last tick has ended; the next one is to be due as long after its beginning.
        TimeSpan spent = Clock.GetElapsedTime(now);
        _loop?.Change(spent < Period ? Period - spent : TimeSpan.Zero, Period);
    }

    // What can't be written is tried again.
    private async Task WriteScoresAsync(CancellationToken cancel)
    {
        if (_hasNewScores)
        {
            await scores.WriteStateAsync(cancel);
            _hasNewScores = false;
        }
    }
}
