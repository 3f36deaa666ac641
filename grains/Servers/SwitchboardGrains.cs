namespace Switchboard.Grains.Servers;

/// <summary>The way from grains of your own to rooms and users.</summary>
public static class SwitchboardGrains
{
    /// <summary>Rooms and users, as the server: nobody is asked whether it may.</summary>
    public static SwitchboardServer GetSwitchboard(this IGrainFactory grains)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return new SwitchboardServer(grains);
    }
}
