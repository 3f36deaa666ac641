namespace Switchboard.Client.Session;

/// <summary>Which of the ways to the server is tried.</summary>
/// <param name="count">How many there are, the best first.</param>
internal sealed class TransportPicker(int count)
{
    private int? _worked;

    /// <summary>The index of the one to try.</summary>
    public int Current { get; private set; }

    /// <summary>It has come to a welcome. From now on the best one that ever did is tried.</summary>
    public void OnWelcome() => _worked = Math.Min(_worked ?? Current, Current);

    /// <summary>An attempt has failed, or a connection has ended.</summary>
    /// <returns>Whether another way is to be tried at once.</returns>
    public bool OnEnded(LinkEnd end)
    {
        if (_worked is { } worked)
        {
            Current = worked;
            return false;
        }

        if (end.MayBeTheWay && Current + 1 < count)
        {
            Current++;
            return true;
        }

        Current = 0;
        return false;
    }
}
