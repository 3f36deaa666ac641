namespace Switchboard.Client.Session;

/// <summary>Where a command stands in one <see cref="PendingList"/>.</summary>
internal struct PendingLinks
{
    public Pending? Before;
    public Pending? After;
    public bool IsListed;
}
