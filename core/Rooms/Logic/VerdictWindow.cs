using System.Diagnostics.CodeAnalysis;
using Switchboard.Core.Feeds;

namespace Switchboard.Core.Rooms.Logic;

/// <summary>
/// What was decided about the last messages with an idempotency key, so that one that is sent again, also to a room that has come up
/// anew, is not decided about again.
/// </summary>
/// <param name="capacity">How many keys are remembered.</param>
public sealed class VerdictWindow(int capacity)
{
    private readonly Dictionary<(string User, string Key), InputVerdict> _verdicts = [];
    private readonly Queue<(string User, string Key)> _order = new();

    /// <summary>Finds what was decided; false without a key too.</summary>
    public bool TryFind(in Publication publication, out InputVerdict verdict)
    {
        verdict = default;
        return TryName(publication, out (string, string)? name) && _verdicts.TryGetValue(name.Value, out verdict);
    }

    /// <summary>Remembers what was decided.</summary>
    public void Add(in Publication publication, InputVerdict verdict)
    {
        if (!TryName(publication, out (string, string)? name) || !_verdicts.TryAdd(name.Value, verdict))
        {
            return;
        }

        _order.Enqueue(name.Value);
        if (_order.Count > capacity)
        {
            _verdicts.Remove(_order.Dequeue());
        }
    }

    private static bool TryName(in Publication publication, [NotNullWhen(true)] out (string User, string Key)? name)
    {
        name = publication is { Key: { } key, Sender: { } sender } ? (sender.User.Value, key) : null;
        return name is not null;
    }
}
