namespace Switchboard.Load.Idle;

/// <summary>The server's resident bytes before and after the connections opened, and the difference for each.</summary>
internal sealed record IdleResult(int Connections, long BytesBefore, long BytesAfter, double BytesPerConnection);
