using Switchboard.Client;

namespace Switchboard.Cli.Bench;

/// <summary>What is known of a room's messages: where each was acknowledged, and which message all saw at a position.</summary>
internal sealed class BenchRoom(string name)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Position, int> _order = [];
    private readonly List<Position> _acknowledged = [];

    public string Name { get; } = name;

    /// <summary>How many connections are in it.</summary>
    public int Members { get; set; }

    /// <summary>How many of its messages were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>A number for the next message: 0, 1, 2 …</summary>
    public int Next()
    {
        lock (_gate)
        {
            _acknowledged.Add(default);
            return _acknowledged.Count - 1;
        }
    }

    public void OnAcknowledged(int number, Position position)
    {
        lock (_gate)
        {
            _acknowledged[number] = position;
            Acknowledged++;
        }
    }

    /// <summary>Whether a message was seen where everybody else has seen it.</summary>
    public bool IsInOrder(int number, Position position)
    {
        lock (_gate)
        {
            return _order.TryAdd(position, number) || _order[position] == number;
        }
    }

    /// <summary>Where each message was acknowledged, by number; none where it was not.</summary>
    public Position[] Positions()
    {
        lock (_gate)
        {
            return [.. _acknowledged];
        }
    }
}
