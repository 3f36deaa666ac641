namespace Switchboard.Arena;

/// <summary>The rules of the game: players move over a field and collect sparks. No clock, no network.</summary>
/// <param name="random">Where players and sparks appear.</param>
public sealed class Arena(Random random)
{
    /// <summary>The width of the field; its height is <see cref="Height"/>.</summary>
    public const double Width = 960;

    /// <summary>The height of the field.</summary>
    public const double Height = 600;

    /// <summary>How far a player comes in a second.</summary>
    public const double Speed = 280;

    /// <summary>How near to a spark's middle a player has to come.</summary>
    public const double Reach = 26;

    /// <summary>How many sparks there are at any time.</summary>
    public const int SparkCount = 10;

    private const double Margin = 24;

    private readonly Dictionary<string, Player> _players = [];
    private readonly List<Spark> _sparks = [];
    private int _nextSpark;
    private long _tick;

    /// <summary>Lets a player in.</summary>
    /// <param name="id">Who, as long as the player stays.</param>
    /// <param name="name">What the others see.</param>
    /// <param name="score">What was collected before.</param>
    public void Enter(string id, string name, int score) =>
        _players[id] = new Player(id, name, Place(Width), Place(Height)) { Score = score };

    /// <summary>Takes a player out.</summary>
    public void Leave(string id) => _players.Remove(id);

    /// <summary>Sets where a player heads: a direction of any length up to 1; longer ones are shortened.</summary>
    public void Steer(string id, double x, double y)
    {
        if (_players.TryGetValue(id, out Player? player) && double.IsFinite(x) && double.IsFinite(y))
        {
            double length = Math.Max(1, Math.Sqrt((x * x) + (y * y)));
            (player.HeadX, player.HeadY) = (x / length, y / length);
        }
    }

    /// <summary>Moves everybody, and hands out the sparks.</summary>
    /// <param name="seconds">By how long.</param>
    /// <returns>Who has collected something.</returns>
    public IReadOnlyList<Player> Step(double seconds)
    {
        _tick++;
        while (_sparks.Count < SparkCount)
        {
            _sparks.Add(new Spark(++_nextSpark, Place(Width), Place(Height)));
        }

        List<Player> winners = [];
        foreach (Player player in _players.Values)
        {
            player.X = Math.Clamp(player.X + (player.HeadX * Speed * seconds), Margin, Width - Margin);
            player.Y = Math.Clamp(player.Y + (player.HeadY * Speed * seconds), Margin, Height - Margin);
            int collected = _sparks.RemoveAll(spark => player.Reaches(spark));
            if (collected > 0)
            {
                player.Score += collected;
                winners.Add(player);
            }
        }

        return winners;
    }

    /// <summary>What players see.</summary>
    public ArenaView View() => new(
        _tick,
        [.. _players.Values.Select(static player => player.View())],
        [.. _sparks]);

    private double Place(double size) => Math.Round(Margin + (random.NextDouble() * (size - (2 * Margin))));
}
