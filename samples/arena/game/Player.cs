namespace Switchboard.Arena;

/// <summary>A player in the field.</summary>
public sealed class Player(string id, string name, double x, double y)
{
    /// <summary>The name that others see; one player may be there twice.</summary>
    public string Name => name;

    /// <summary>How many sparks were collected.</summary>
    public int Score { get; set; }

    internal double X { get; set; } = x;

    internal double Y { get; set; } = y;

    internal double HeadX { get; set; }

    internal double HeadY { get; set; }

    internal bool Reaches(Spark spark) => Math.Pow(spark.X - X, 2) + Math.Pow(spark.Y - Y, 2) <= Arena.Reach * Arena.Reach;

    internal PlayerView View() => new(id, name, Math.Round(X, 1), Math.Round(Y, 1), Score);
}
