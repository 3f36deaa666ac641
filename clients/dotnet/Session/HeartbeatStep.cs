namespace Switchboard.Client.Session;

/// <summary>What a <see cref="Heartbeat"/> asks for.</summary>
internal enum HeartbeatStep
{
    None,
    Ping,
    GiveUp,
}
