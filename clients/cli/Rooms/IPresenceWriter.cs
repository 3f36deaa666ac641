using Switchboard.Client;

namespace Switchboard.Cli.Rooms;

/// <summary>Prints who is in a room.</summary>
internal interface IPresenceWriter
{
    /// <summary>Who is there.</summary>
    void WriteMembers(PresenceSnapshot members);

    /// <summary>Who came, went, or has another state.</summary>
    void WriteChange(PresenceChange change);
}
