namespace Switchboard.ClientScenarios.Tests.Acting;

/// <summary>Actors who publish at a steady rate in all of their rooms, whether they are connected or not.</summary>
internal sealed class Conversation(IReadOnlyList<Actor> actors, Pulse pulse)
{
    // Well below what waits in an outbox.
    private const int MostUnanswered = 400;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    private readonly List<Task> _publishes = [];
    private Task _talking = Task.CompletedTask;
    private volatile bool _isOver;

    public void Begin() => _talking = TalkAsync();

    /// <summary>Waits until so many more messages of everybody were acknowledged in each of the rooms.</summary>
    public Task GoesOnAsync(int messages)
    {
        (Actor Actor, Ledger Room, int Goal)[] goals =
        [
            .. from actor in actors
               from room in actor.Rooms
               select (actor, room, room.CountOf(actor.User) + messages),
        ];
        return pulse.UntilAsync(
            $"{messages} more messages of everybody are acknowledged",
            () => HasFailed() || goals.All(goal => goal.Room.CountOf(goal.Actor.User) >= goal.Goal),
            () => string.Join('\n', goals.Select(goal =>
                $"{goal.Actor.User} has {goal.Room.CountOf(goal.Actor.User)} of {goal.Goal}; {goal.Room.Situation}; "
                + string.Join(' ', goal.Actor.States.TakeLast(3)))));
    }

    /// <summary>Publishes no more.</summary>
    public Task StopAsync()
    {
        _isOver = true;
        return _talking;
    }

    /// <summary>Publishes no more; returns when all publishes were acknowledged.</summary>
    public async Task EndAsync()
    {
        await StopAsync();
        await Task.WhenAll(_publishes);
    }

    private bool HasFailed()
    {
        lock (_publishes)
        {
            return _publishes.Any(publish => publish.IsFaulted);
        }
    }

    private async Task TalkAsync()
    {
        using PeriodicTimer timer = new(Pace);
        while (!_isOver && await timer.WaitForNextTickAsync())
        {
            lock (_publishes)
            {
                _publishes.AddRange(
                    from actor in actors
                    where actor.Unanswered < MostUnanswered
                    from room in actor.Rooms
                    select actor.PublishAsync(room));
            }
        }
    }
}
