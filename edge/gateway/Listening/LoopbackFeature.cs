namespace Switchboard.Gateway.Listening;

/// <summary>Stands on a connection that came in on an endpoint that listens on a loopback address.</summary>
internal sealed class LoopbackFeature
{
    public static readonly LoopbackFeature Instance = new();
}
