namespace Switchboard.Client.Session;

/// <summary>How far a link is.</summary>
internal enum LinkPhase
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It is open, and the connect not answered yet.</summary>
    Connecting,

    /// <summary>The welcome has come.</summary>
    Connected,
}
