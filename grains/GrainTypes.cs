namespace Switchboard.Grains;

/// <summary>What the kinds of grains are called in the cluster; never renamed.</summary>
internal static class GrainTypes
{
    public const string Room = "switchboard.room";
    public const string User = "switchboard.user";
    public const string Connection = "switchboard.connection";
    public const string Bans = "switchboard.bans";
}
