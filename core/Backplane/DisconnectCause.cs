namespace Switchboard.Core.Backplane;

/// <summary>Why a connection has ended.</summary>
public enum DisconnectCause
{
    /// <summary>Its client, or the server, closed it.</summary>
    Closed,

    /// <summary>Its grace period is over.</summary>
    Expired,
}
