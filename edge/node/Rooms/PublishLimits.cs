namespace Switchboard.Node.Rooms;

/// <summary>How much is published to a room at once.</summary>
/// <param name="BatchCount">The most messages of one call.</param>
/// <param name="BatchBytes">The most payload of one call, but for a single message that is larger.</param>
/// <param name="WaitingBytes">The most payload that waits for a room; beyond it publishers are told to try again.</param>
internal sealed record PublishLimits(int BatchCount, int BatchBytes, int WaitingBytes)
{
    public static readonly PublishLimits Default = new(256, 256 * 1024, 64 * 1024 * 1024);
}
