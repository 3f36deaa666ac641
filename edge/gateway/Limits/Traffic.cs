namespace Switchboard.Gateway.Limits;

/// <summary>What one connection, or one room, has taken of its messages and bytes.</summary>
internal struct Traffic
{
    private SharedBucket _messages;
    private SharedBucket _bytes;

    /// <summary>Takes one message of so many bytes.</summary>
    public bool TryTake(TrafficLimits limits, long bytes, long now, out Excess excess)
    {
        if (!_messages.TryTake(limits.Messages, now, 1, out long wait))
        {
            excess = new Excess(limits.Scope, LimitKind.Messages, wait);
            return false;
        }

        if (!_bytes.TryTake(limits.Bytes, now, bytes, out wait))
        {
            excess = new Excess(limits.Scope, LimitKind.Bytes, wait);
            return false;
        }

        excess = default;
        return true;
    }
}
